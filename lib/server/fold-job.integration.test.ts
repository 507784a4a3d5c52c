import { PgBoss } from 'pg-boss'
import { v7 as uuidv7 } from 'uuid'
import { afterAll, beforeAll, beforeEach, expect, test } from 'vitest'
import { closeDatabase, db } from '#lib/db/client.ts'
import { env } from '#lib/env.ts'
import type { ScriptedProvider } from '../../e2e/provider/scripted-provider.ts'
import { createPerson } from '../../scripts/test/create-person.ts'
import { emptyDatabase } from '../../scripts/test/empty-database.ts'
import { useScriptedProvider } from '../../scripts/test/use-scripted-provider.ts'
import { foldQueue } from './fold-summary.ts'
import { startJobs, stopJobs } from './jobs.ts'
import { runningGenerations } from './running-generations.ts'
import { startTurn } from './start-turn.ts'

let provider: ScriptedProvider
let person: string
let conversationId: string
let leafId: string | null

beforeAll(async () => {
  provider = await useScriptedProvider({ CONTEXT_BUDGET: '4000', RATE_LIMIT_PER_MINUTE: '1000' })
  await startJobs([foldQueue])
})
beforeEach(async () => {
  await emptyDatabase()
  person = await createPerson()
  conversationId = uuidv7()
  leafId = null
})
afterAll(async () => {
  await stopJobs()
  await provider.stop()
  await closeDatabase()
})

/** A turn of about 300 tokens; the fold that it may ask for is a job. */
async function say(text: string): Promise<void> {
  const message = { id: uuidv7(), text: `${text} ${'and then we waited '.repeat(35)}` }
  const turn = await startTurn(person, { conversationId, parentId: leafId, message })
  await runningGenerations().get(turn.generation.id)?.done
  leafId = turn.answerId
}

const summaryCalls = () => provider.requests.filter(({ kind }) => kind === 'summary').length

/** Talks until the first fold has come to the model, which waits for the gate. */
async function sayUntilFolding(gate: string): Promise<void> {
  const before = summaryCalls()
  await say(`first [summary:gated gate=${gate}]`)
  for (let turn = 0; turn < 8; turn += 1) await say('on')
  await expect.poll(() => summaryCalls() - before, soon).toBe(1)
}

function versions() {
  return db().summary.findMany({ where: { conversationId }, orderBy: { version: 'asc' } })
}

function jobs() {
  return db().$queryRaw<{ state: string; tries: number }[]>`
    SELECT state::text, retry_count AS tries FROM pgboss.job
    WHERE name = ${foldQueue.name} AND data ->> 'conversationId' = ${conversationId} ORDER BY created_on`
}

const soon = { timeout: 15_000 }

test('an answer does not wait for the fold, and a fold that is under way is not joined by another', async () => {
  await sayUntilFolding('patience')
  await say('meanwhile')
  await say('and again')
  expect(await versions()).toEqual([])
  expect((await jobs()).map(({ state }) => state)).toEqual(['active'])
  provider.stage.openGate('patience')
  await expect.poll(jobs, soon).toEqual([{ state: 'completed', tries: 0 }])
  expect(await versions()).not.toEqual([])
})

test('the fold of a server that died is taken over, and stored once', async () => {
  await sayUntilFolding('death')
  await db().$executeRaw`
    UPDATE pgboss.job SET heartbeat_on = heartbeat_on - interval '21 seconds'
    WHERE name = ${foldQueue.name} AND data ->> 'conversationId' = ${conversationId}`
  const other = new PgBoss({
    connectionString: env().DATABASE_URL,
    supervise: false,
    schedule: false,
  })
  await other.start()
  await other.supervise(foldQueue.name)
  await other.stop({ graceful: false })

  const before = summaryCalls()
  await expect.poll(() => summaryCalls() - before, soon).toBe(1)
  provider.stage.openGate('death')
  await expect.poll(jobs, soon).toEqual([{ state: 'completed', tries: 1 }])
  const stored = await versions()
  expect(stored[0]?.version).toBe(1)
  expect(stored.map(({ basedOnId }) => basedOnId)).toEqual([null, ...stored.slice(0, -1).map(({ id }) => id)])
  expect(new Set(stored.map(({ fromMessageId }) => fromMessageId)).size).toBe(stored.length)
})
