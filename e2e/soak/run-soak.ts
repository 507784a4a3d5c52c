import { setTimeout as delay } from 'node:timers/promises'
import { chromium } from '@playwright/test'
import { FaultStack } from '../faults/support/fault-stack.ts'
import { parseContinuation } from '../provider/continuation.ts'
import { launchOptions } from '../support/browser.ts'
import { newCredentials, register } from '../support/person.ts'
import { audit, type ProviderCalls, type SoakReport, type StoredMessage } from './audit.ts'
import { SoakPerson } from './soak-person.ts'
import { SoakRecord } from './soak-record.ts'

export interface SoakOptions {
  seconds: number
  people: number
  /** The same seed makes the same people do the same things, though not at the same moments. */
  seed: number
  onProgress?: (line: string) => void
}

const SHORTEST_LIFE_MS = 2_000
const LONGEST_LIFE_MS = 12_000
const REST_MS = 60_000

/**
 * Lets people use a production server that is killed with `kill -9` again and again, then compares what they sent and saw
 * with what is stored and what the provider was asked.
 */
export async function runSoak({ seconds, people, seed, onProgress }: SoakOptions): Promise<SoakReport> {
  const stack = await FaultStack.start()
  const fetchOfNode = globalThis.fetch
  try {
    globalThis.fetch = await signIn(stack.server.origin)
    const record = new SoakRecord()
    const random = createRandom(seed)
    const persons = Array.from({ length: people }, () => new SoakPerson(record, random))
    const over = AbortSignal.timeout(seconds * 1_000)
    const lives = Promise.all(persons.map((person) => person.live(over)))
    while (!over.aborted) {
      await delay(SHORTEST_LIFE_MS + random() * (LONGEST_LIFE_MS - SHORTEST_LIFE_MS))
      await killAndRestart(stack, record)
      onProgress?.(`${record.sent.size} messages, ${record.shown.size} answers, ${record.kills.length} kills`)
    }
    await lives
    const rested = await Promise.all(persons.map((person) => person.comeToRest(REST_MS)))
    const report = audit(record, await readStored(stack), countCalls(stack))
    if (rested.includes(false)) report.broken.push(`a page had not come to rest after ${REST_MS} ms`)
    return report
  } finally {
    globalThis.fetch = fetchOfNode
    await stack.dispose()
  }
}

async function killAndRestart({ server, database }: FaultStack, record: SoakRecord): Promise<void> {
  record.kills.push(performance.now())
  await server.kill()
  const [{ now }] = (await database.query<{ now: Date }>('SELECT now()')) as [{ now: Date }]
  await server.start()
  const startedAt = performance.now()
  for (;;) {
    const left = await database.query(
      `SELECT 1 FROM generation WHERE status = 'streaming' AND "startedAt" < $1 LIMIT 1`,
      [now],
    )
    if (left.length === 0) break
    await delay(100)
  }
  record.recoveries.push(performance.now() - startedAt)
}

/** Registers somebody in a browser. The `fetch` that it gives takes paths and carries the session, as a page's does. */
async function signIn(origin: string): Promise<typeof fetch> {
  const browser = await chromium.launch(launchOptions())
  const context = await browser.newContext({ baseURL: origin })
  await register(await context.newPage(), newCredentials())
  const cookies = await context.cookies(origin)
  await browser.close()
  const cookie = cookies.map(({ name, value }) => `${name}=${value}`).join('; ')
  const fetchFromHere = globalThis.fetch
  return (input, init) => {
    if (typeof input !== 'string' || !input.startsWith('/')) return fetchFromHere(input, init)
    const headers = { ...init?.headers, origin, cookie, connection: 'close' }
    return fetchFromHere(origin + input, { ...init, headers })
  }
}

async function readStored({ database }: FaultStack): Promise<StoredMessage[]> {
  return database.query<StoredMessage>(`
    SELECT m.id, m.role, m.text, g.status FROM message m LEFT JOIN LATERAL (
      SELECT status FROM generation WHERE "messageId" = m.id ORDER BY "startedAt" DESC LIMIT 1
    ) g ON true`)
}

function countCalls({ provider }: FaultStack): ProviderCalls {
  const calls: ProviderCalls = { byMessage: new Map(), continuations: 0 }
  for (const { kind, body, message } of provider.requests) {
    if (kind !== 'answer') continue
    if (parseContinuation(body)) calls.continuations += 1
    // Stoa itself asks once more where a failure may pass; that is no second answer, since the first gave none.
    else if (!isRepeat(message, calls)) calls.byMessage.set(message, (calls.byMessage.get(message) ?? 0) + 1)
  }
  return calls
}

/** The second call of a scenario that fails once. */
function isRepeat(message: string, { byMessage }: ProviderCalls): boolean {
  return message.includes('times=1') && byMessage.get(message) === 1
}

/** Numbers from 0 to 1 that depend on nothing but the seed (mulberry32). */
function createRandom(seed: number): () => number {
  let state = seed
  return () => {
    state = (state + 0x6d2b79f5) | 0
    let mixed = Math.imul(state ^ (state >>> 15), state | 1)
    mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61)
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 4_294_967_296
  }
}
