import { v7 as uuidv7 } from 'uuid'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { closeDatabase, db } from '#lib/db/client.ts'
import { readTurn } from '#lib/db/generations.ts'
import type { ScriptedProvider } from '../../e2e/provider/scripted-provider.ts'
import { createPerson } from '../../scripts/test/create-person.ts'
import { holdTable } from '../../scripts/test/hold-table.ts'
import { useScriptedProvider } from '../../scripts/test/use-scripted-provider.ts'
import { drain } from './drain.ts'
import { runningGenerations } from './running-generations.ts'
import { startTurn } from './start-turn.ts'
import { sweepGenerations } from './sweep-generations.ts'

let provider: ScriptedProvider

beforeAll(async () => {
  provider = await useScriptedProvider()
})
afterAll(async () => {
  await provider.stop()
  await closeDatabase()
})

function message(text: string) {
  return { conversationId: uuidv7(), parentId: null, message: { id: uuidv7(), text } }
}

/** An answer that reached the length limit: one that may be gone on with. */
async function brokenOffAnswer(person: string) {
  const { conversationId, answerId, generation } = await startTurn(person, message('[scenario:length]'))
  await runningGenerations().get(generation.id)?.done
  const turn = await readTurn(person, generation.id)
  expect(turn).toMatchObject({ generation: { status: 'truncated' } })
  return { conversationId, answerId, text: turn?.text ?? '' }
}

test('what is being stored as the server is told to stop is not asked, and ends for whoever sends it again', async () => {
  const person = await createPerson()
  const { text, ...broken } = await brokenOffAnswer(person)
  const requests = [message('Just in time?'), { ...broken, generationId: uuidv7() }]
  const asked = provider.requests.length

  const generations = await holdTable('generation', 'SHARE')
  const refusals = Promise.allSettled(requests.map((request) => startTurn(person, request)))
  await generations.untilWaitedFor(2)
  const draining = drain(0)
  await generations.release()
  const reason = { code: 'shutting_down', status: 503, retryAfterSeconds: 5 }
  expect(await refusals).toMatchObject([{ reason }, { reason }])
  await draining

  // Another server, or this one when it is back, finds them without a sign of life.
  const now = () => Promise.all(requests.map((request) => startTurn(person, request)))
  const begun = { generation: { status: 'streaming' } }
  expect(await now()).toMatchObject([
    { ...begun, text: '' },
    { ...begun, text },
  ])
  for (const at of [0, 2_000, 4_000, 6_000]) await sweepGenerations(6_000, at)
  expect(await now()).toMatchObject([
    { text: '', generation: { status: 'failed', errorCode: 'interrupted' } },
    { text, generation: { status: 'interrupted', errorCode: 'interrupted' } },
  ])
  expect(provider.requests).toHaveLength(asked)
  // What was never asked for costs nothing.
  const events = await db().usageEvent.findMany({ where: { userId: person, outcome: 'interrupted' } })
  expect(events).toMatchObject([
    { cost: 0n, held: 0n },
    { cost: 0n, held: 0n },
  ])
})
