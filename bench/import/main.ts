import { createWriteStream } from 'node:fs'
import { open, readFile, rm, stat } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { Readable } from 'node:stream'
import { pipeline } from 'node:stream/promises'
import { setTimeout as wait } from 'node:timers/promises'
import { parseArgs } from 'node:util'
import { makeZip } from 'client-zip'
import { encode } from 'next-auth/jwt'
import pg from 'pg'
import { v7 as uuidv7 } from 'uuid'
import { chatgptConversation } from '#e2e/support/export-fixtures.ts'
import { parseResidentMemory } from '#e2e/support/process-tree.ts'
import { IMPORT_PIECE_BYTES, type ImportReport } from '#lib/chat/import-report.ts'
import { findFreePort } from '#scripts/database/free-port.ts'
import { startStoa, TEST_AUTH_SECRET } from '#scripts/test/start-stoa.ts'

/**
 * What an import takes of memory, and of the time of whoever else is served meanwhile:
 * `node bench/import/main.ts [--megabytes 400]`, after `npm run build`.
 */
const { values } = parseArgs({ options: { megabytes: { type: 'string', default: '400' } } })
const syllables =
  'ba con de er fi gra ho in ja ki lo ment no or pre qui re sta tion un ver wa ex yo ze'.split(' ')
/** As many as a person uses. */
const vocabulary = Array.from({ length: 3_000 }, () =>
  Array.from({ length: 1 + Math.floor(Math.random() * 3) }, anyOf(syllables)).join(''),
)

const file = path.join(tmpdir(), `stoa-import-${process.pid}.zip`)
const server = await startStoa({
  port: await findFreePort('127.0.0.1'),
  env: { AUTH_SECRET: TEST_AUTH_SECRET, LOG_LEVEL: 'warn', IMPORT_MAX_MB: '2000' },
  onOutput: (text) => process.stderr.write(text),
})
try {
  await pipeline(Readable.from(makeZip([archived(Number(values.megabytes))])), createWriteStream(file))
  await measure(await signIn())
} finally {
  await server.stop()
  await rm(file, { force: true })
}

/** Of words in a random order, so that no part is like another; a conversation has 50 kB. */
function archived(megabytes: number) {
  async function* json() {
    let bytes = 0
    for (let count = 0; bytes < megabytes * 1_048_576; count += 1) {
      const words = { title: `Talk ${count}`, question: prose(40), answer: prose(8_000) }
      const text = `${count === 0 ? '[' : ','}${JSON.stringify(chatgptConversation(`c-${count}`, words))}`
      bytes += text.length
      yield new TextEncoder().encode(text)
    }
    yield new TextEncoder().encode(']')
  }
  return { name: 'conversations.json', input: json() }
}

function anyOf(list: string[]): () => string {
  return () => list[Math.floor(Math.random() * list.length)] ?? ''
}

function prose(words: number): string {
  return Array.from({ length: words }, anyOf(vocabulary)).join(' ')
}

async function signIn(): Promise<string> {
  const id = uuidv7()
  const client = new pg.Client({ connectionString: server.databaseUrl })
  await client.connect()
  await client.query(
    `INSERT INTO "user" (id, email, name, role) VALUES ($1, 'bench@example.test', 'Bench', 'member')`,
    [id],
  )
  await client.end()
  const salt = 'stoa.session-token'
  return `${salt}=${await encode({ token: { sub: id, sessionVersion: 0 }, secret: TEST_AUTH_SECRET, salt })}`
}

async function measure(cookie: string): Promise<void> {
  const { size } = await stat(file)
  const rest = await sample(3_000)
  const call = async (method: string, url: string, body?: string | Buffer, type = 'application/json') => {
    const headers = { cookie, origin: server.url, ...(body !== undefined && { 'content-type': type }) }
    const response = await fetch(server.url + url, {
      method,
      headers,
      ...(body !== undefined && { body: new Uint8Array(Buffer.from(body)) }),
    })
    if (!response.ok) throw new Error(`${method} ${url}: ${response.status} ${await response.text()}`)
    return response.json()
  }
  const began = performance.now()
  const { import: begun } = await call(
    'POST',
    '/api/imports',
    JSON.stringify({ fileName: 'bench.zip', size }),
  )
  const handle = await open(file)
  let isSent = false
  const sending = sample(() => isSent)
  for (let piece = 0; piece * IMPORT_PIECE_BYTES < size; piece += 1) {
    const buffer = Buffer.alloc(Math.min(IMPORT_PIECE_BYTES, size - piece * IMPORT_PIECE_BYTES))
    await handle.read(buffer, 0, buffer.length, piece * IMPORT_PIECE_BYTES)
    await call('PUT', `/api/imports/${begun.id}/pieces/${piece}`, buffer, 'application/octet-stream')
  }
  await handle.close()
  isSent = true
  const sent = performance.now()
  let report: ImportReport | undefined
  const isOver = () =>
    report !== undefined && report.import.status !== 'running' && report.import.status !== 'queued'
  const reading = sample(isOver)
  while (!isOver()) {
    await wait(1_000)
    report = await call('GET', `/api/imports/${begun.id}?only=skipped`)
  }
  const ended = performance.now()
  console.log(
    `archive ${Math.round(size / 1_048_576)} MB, ${JSON.stringify(report?.import.counts)}, ${report?.import.status}`,
  )
  console.log(`sent in ${seconds(sent - began)}, read in ${seconds(ended - sent)}`)
  print('at rest', rest)
  print('sending', await sending)
  print('reading', await reading)
  print('after', await sample(3_000))
}

interface Samples {
  memory: number[]
  delays: number[]
}

/** What the server holds, and how long it lets wait who asks for nothing but whether it lives. */
async function sample(until: number | (() => boolean)): Promise<Samples> {
  const samples: Samples = { memory: [], delays: [] }
  const end = typeof until === 'number' ? performance.now() + until : null
  while (end === null ? !(until as () => boolean)() : performance.now() < end) {
    const asked = performance.now()
    await (await fetch(`${server.url}/api/health`)).text()
    samples.delays.push(performance.now() - asked)
    samples.memory.push(parseResidentMemory(await readFile(`/proc/${server.pid}/status`, 'utf8')) / 1024)
    await wait(20)
  }
  return samples
}

function print(name: string, { memory, delays }: Samples): void {
  const at = (list: number[], share: number) =>
    list.toSorted((a, b) => a - b)[Math.floor((list.length - 1) * share)] ?? 0
  const rss = [0, 0.5, 1].map((share) => Math.round(at(memory, share)))
  const ms = [0.5, 0.95, 0.99, 1].map((share) => at(delays, share).toFixed(1))
  console.log(
    `${name.padEnd(8)} RSS least/middle/most ${rss.join(' / ')} MB; answered in ms p50/p95/p99/most ${ms.join(' / ')}`,
  )
}

function seconds(ms: number): string {
  return `${(ms / 1000).toFixed(1)} s`
}
