import { once } from 'node:events'
import { createServer, type ServerResponse } from 'node:http'
import path from 'node:path'
import pg from 'pg'
import { afterAll, beforeAll, beforeEach, expect, test } from 'vitest'
import { applyMigrations } from '../database/apply-migrations.ts'
import { describeClock } from './check-database.ts'
import { checkServer } from './check-server.ts'
import { type Finding, formatFinding } from './finding.ts'

/** A provider and a Stoa in one, that answers as a test says. */
let answer: Record<string, (response: ServerResponse) => void>
const server = createServer((request, response) => {
  request.resume()
  const known = answer[request.url ?? '']
  if (known) known(response)
  else response.writeHead(404).end()
})
let variables: Record<string, string>

const chat = '/v1/chat/completions'

beforeAll(async () => {
  server.listen(0, '127.0.0.1')
  await once(server, 'listening')
})
afterAll(() => {
  server.closeAllConnections()
  server.close()
})
beforeEach(() => {
  const address = server.address()
  if (address === null || typeof address === 'string') throw new Error('no port')
  variables = {
    PORT: String(address.port),
    AUTH_URL: `http://127.0.0.1:${address.port}`,
    DATABASE_URL: process.env.DATABASE_URL ?? '',
    OPENAI_BASE_URL: `http://127.0.0.1:${address.port}/v1`,
    OPENAI_API_KEY: 'sk-never-said',
    OPENAI_MODEL: 'a-model',
    OPENAI_UTILITY_MODEL: 'a-model',
    MODEL_PRICES: '{"a-model": {"input": 1, "output": 2}}',
  }
  answer = {
    [chat]: stream(['1 ', '2 ', '3'], { prompt_tokens: 9, completion_tokens: 3 }),
    '/api/ready': (response) => response.end('{"status":"ready"}'),
    '/api/auth/csrf': cookies(variables.AUTH_URL ?? ''),
  }
})

/** As next-auth sets them where it believes to be reached by this address. */
function cookies(address: string) {
  const callback = `authjs.callback-url=${encodeURIComponent(address)}; Path=/; HttpOnly`
  return (response: ServerResponse) =>
    response.setHeader('set-cookie', ['csrf=x; Path=/; HttpOnly', callback]).end('{}')
}

function stream(pieces: string[], usage?: object) {
  const chunk = (change: object) =>
    `data: ${JSON.stringify({ id: 'x', model: 'a-model', choices: [], ...change })}\n\n`
  return (response: ServerResponse) => {
    response.setHeader('content-type', 'text/event-stream')
    for (const content of pieces) response.write(chunk({ choices: [{ index: 0, delta: { content } }] }))
    response.write(chunk({ choices: [{ index: 0, delta: {}, finish_reason: 'stop' }] }))
    if (usage) response.write(chunk({ usage }))
    response.end('data: [DONE]\n\n')
  }
}

async function findings(change: Record<string, string> = {}): Promise<Finding[]> {
  const found = await Array.fromAsync(checkServer({ NODE_ENV: 'test', ...variables, ...change }))
  const text = found.map(formatFinding).join('\n')
  expect(text).not.toContain('sk-never-said')
  return found
}

/** What is not well, by what it is about. */
async function troubles(change: Record<string, string> = {}): Promise<Record<string, Finding>> {
  const found = await findings(change)
  return Object.fromEntries(found.filter(({ verdict }) => verdict !== 'ok').map((each) => [each.about, each]))
}

async function sql(statement: string): Promise<void> {
  const client = new pg.Client({ connectionString: process.env.DATABASE_URL })
  await client.connect()
  await client.query(statement).finally(() => client.end())
}

test('a Stoa that is well has only good to be said of it', async () => {
  const found = await findings()
  expect(found.filter(({ verdict }) => verdict !== 'ok')).toEqual([])
  expect(found.map(({ about }) => about)).toEqual([
    ...['configuration', 'prompts', 'database', 'clock', 'connections', 'migrations'],
    ...['provider', 'provider', 'server', 'host', 'cookies'],
  ])
  expect(found.map(({ what }) => what).join('\n')).toMatch(
    /PostgreSQL 18.*a-model \(openai\) answers: .* 3 pieces/s,
  )
})

test('every fault of the configuration is named, and nothing else is tried', async () => {
  const found = await findings({ PORT: 'x', REGISTRATION: 'perhaps' })
  expect(found.map(({ about, verdict }) => `${about} ${verdict}`)).toEqual(
    Array(2).fill('configuration fault'),
  )
  expect(found[0]?.todo).toContain('.env.example')
})

test('a prompt library that cannot be read', async () => {
  const { prompts } = await troubles({ STOA_PROMPTS_DIR: path.join(import.meta.dirname, 'nowhere') })
  expect(prompts).toMatchObject({ verdict: 'fault', todo: expect.stringContaining('npm run prompts') })
})

test('a database that refuses, lacks migrations, or has those of a newer Stoa', async () => {
  const url = new URL(variables.DATABASE_URL ?? '')
  url.password = 'wrong-password'
  const { database } = await troubles({ DATABASE_URL: url.href })
  expect(database).toMatchObject({ verdict: 'fault', what: expect.stringContaining('authentication failed') })
  expect(database?.what).not.toContain('wrong-password')

  await sql(
    `INSERT INTO _prisma_migrations (id, checksum, migration_name, finished_at) VALUES ('x', 'x', '9999_newer', now())`,
  )
  expect((await troubles()).migrations).toMatchObject({
    verdict: 'fault',
    what: expect.stringContaining('9999_newer'),
  })
  await sql(`DELETE FROM _prisma_migrations WHERE id = 'x'`)

  await sql('ALTER TABLE _prisma_migrations RENAME TO elsewhere')
  expect((await troubles()).migrations).toMatchObject({
    verdict: 'warning',
    todo: expect.stringContaining('backup'),
  })
  await sql('ALTER TABLE elsewhere RENAME TO _prisma_migrations')
  expect(await applyMigrations(variables.DATABASE_URL ?? '')).toEqual([])

  const none = await troubles({ DATABASE_URL: '', STOA_DATA_DIR: path.join(import.meta.dirname, 'nowhere') })
  expect(none.database).toMatchObject({ verdict: 'warning', what: expect.stringContaining('no database') })
})

test.each([
  [0, 'ok', 'within 3 ms'],
  [-5_000, 'warning', '5 s behind'],
  [60_000, 'fault', '60 s ahead of'],
])('a clock that is off by %i ms is a matter of %s', (skew, verdict, words) => {
  expect(describeClock(skew, 3)).toMatchObject({ verdict, what: expect.stringContaining(words) })
})

test('a provider that refuses the key, holds the text back, reports nothing, or is none', async () => {
  answer[chat] = (response) => response.writeHead(401).end('{"error":{"message":"sk-never-said is wrong"}}')
  expect((await troubles()).provider).toMatchObject({
    verdict: 'fault',
    what: expect.stringContaining('refused the key'),
  })

  answer[chat] = stream(['1 2 3'])
  const quiet = await troubles({ MODEL_PRICES: '' })
  expect(Object.keys(quiet).sort()).toEqual(['price', 'streaming', 'usage'])

  const demo = await troubles({
    OPENAI_BASE_URL: '',
    OPENAI_API_KEY: '',
    STOA_OLLAMA_URL: 'http://127.0.0.1:9',
  })
  expect(demo.provider).toMatchObject({ verdict: 'warning', what: expect.stringContaining('demo') })
})

test('a server that is not ready, is another program, or does not run', async () => {
  answer['/api/ready'] = (response) =>
    response.writeHead(503).end('{"reasons":[{"check":"jobs","reason":"Background jobs have not started."}]}')
  expect((await troubles()).server).toMatchObject({
    verdict: 'fault',
    what: 'Background jobs have not started.',
  })
  answer['/api/ready'] = (response) => response.writeHead(404).end('<html>')
  expect((await troubles()).server).toMatchObject({
    verdict: 'fault',
    what: expect.stringContaining('no Stoa'),
  })
  expect((await troubles({ PORT: '9' })).server).toMatchObject({
    verdict: 'warning',
    todo: expect.stringContaining('npm start'),
  })
})

test('an address that leads elsewhere, whose cookies do not fit, or that is open to everybody', async () => {
  answer['/api/auth/csrf'] = (response) => response.setHeader('set-cookie', 'csrf=x; Secure').end('{}')
  expect((await troubles()).cookies).toMatchObject({
    verdict: 'fault',
    what: expect.stringContaining('nobody can sign in'),
  })
  answer['/api/auth/csrf'] = cookies('http://stoa:3000')
  expect(await troubles()).toEqual({
    host: expect.objectContaining({
      ...{ verdict: 'fault', what: expect.stringContaining('takes itself for http://stoa:3000') },
      todo: expect.stringContaining('X-Forwarded-Host'),
    }),
  })
  answer['/api/auth/csrf'] = (response) => response.writeHead(404).end()
  expect((await troubles()).address).toMatchObject({
    verdict: 'fault',
    what: expect.stringContaining('something else'),
  })
  const open = await troubles({ AUTH_URL: '', HOST: '0.0.0.0', REGISTRATION: 'open' })
  expect(Object.keys(open).sort()).toEqual(['address', 'registration'])
})
