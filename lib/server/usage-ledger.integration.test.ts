import { v7 as uuidv7 } from 'uuid'
import { afterAll, afterEach, beforeAll, beforeEach, expect, test } from 'vitest'
import type { GenerationCall } from '#lib/chat/generation-call.ts'
import { closeDatabase, db } from '#lib/db/client.ts'
import { writeProgress } from '#lib/db/generations.ts'
import type { ScriptedProvider } from '../../e2e/provider/scripted-provider.ts'
import { allEnded } from '../../scripts/test/all-ended.ts'
import { createPerson } from '../../scripts/test/create-person.ts'
import { createTurn } from '../../scripts/test/create-turn.ts'
import { emptyDatabase } from '../../scripts/test/empty-database.ts'
import { readLedger } from '../../scripts/test/read-ledger.ts'
import { useScriptedProvider } from '../../scripts/test/use-scripted-provider.ts'
import { runningGenerations } from './running-generations.ts'
import { startTurn } from './start-turn.ts'
import { stopGeneration } from './stop-generation.ts'
import { sweepGenerations } from './sweep-generations.ts'

/** In microcents a token: 100 for input, 200 for output. */
const MODEL_PRICES = JSON.stringify({
  'scripted-main': { input: 1, cachedInput: 0.1, output: 2 },
  'scripted-spare': { input: 5, cachedInput: 5, output: 10 },
})
const MAX_OUTPUT = 500

let provider: ScriptedProvider
let person: string

beforeAll(async () => {
  provider = await useScriptedProvider({
    MODEL_PRICES,
    OPENAI_FALLBACK_MODEL: 'scripted-spare',
    OPENAI_MAX_OUTPUT_TOKENS: String(MAX_OUTPUT),
  })
})
beforeEach(async () => {
  await emptyDatabase()
  person = await createPerson()
})
afterEach(async () => {
  for (const generation of runningGenerations().values()) generation.abort('shutdown')
  await allEnded()
})
afterAll(async () => {
  await provider.stop()
  await closeDatabase()
})

function ask(text: string) {
  return startTurn(person, { conversationId: uuidv7(), parentId: null, message: { id: uuidv7(), text } })
}

/** The ledger, in the order of the calls. */
function events() {
  return db().usageEvent.findMany({ orderBy: [{ createdAt: 'asc' }, { id: 'asc' }] })
}

async function storedRun(id: string) {
  const { calls, cost } = await db().generation.findUniqueOrThrow({ where: { id } })
  const { totalTokens, tokenRatio } = await readLedger(id)
  const requestTokens = Math.ceil(totalTokens * tokenRatio)
  return { calls: calls as unknown as GenerationCall[], cost, requestTokens }
}

test('an answer’s call is in the ledger while it runs, held at its upper bound, and then at its cost', async () => {
  const { generation, conversationId } = await ask('count me [scenario:gated before=2 gate=cost tokens=7]')
  const { requestTokens } = await storedRun(generation.id)
  expect(await events()).toMatchObject([
    {
      ...{ id: generation.id, generationId: generation.id, userId: person, conversationId },
      ...{ kind: 'answer', outcome: 'running', provider: 'openai', model: 'scripted-main', persona: 'stoic' },
      ...{ cost: null, inputTokens: null },
      // The spare model is the dearer of the two that may write it.
      held: BigInt(requestTokens * 500 + MAX_OUTPUT * 1000),
    },
  ])

  provider.stage.openGate('cost')
  await allEnded()
  const [event] = await events()
  const cost = BigInt((event?.inputTokens ?? 0) * 100 + 7 * 200)
  expect(event).toMatchObject({
    ...{ id: generation.id, outcome: 'complete', outputTokens: 7, cachedInputTokens: 0, reasoningTokens: 0 },
    ...{ cost, held: 0n, timeToFirstTokenMs: expect.any(Number), latencyMs: expect.any(Number) },
  })
  const run = await storedRun(generation.id)
  expect(run).toMatchObject({
    cost,
    calls: [
      {
        ...{ provider: 'openai', model: 'scripted-main', outcome: 'complete', cost: Number(cost) },
        ...{ maxOutputTokens: MAX_OUTPUT, temperature: null, adaptations: [], isRebuilt: false },
        ...{ inputTokens: event?.inputTokens, outputTokens: 7 },
      },
    ],
  })
  const [call] = run.calls
  expect(call?.sentAtMs).toBeLessThanOrEqual(call?.firstTokenAtMs ?? -1)
  expect(call?.firstTokenAtMs).toBeLessThanOrEqual(call?.endedAtMs ?? -1)
})

test('each try and the fallback are calls of their own; what was refused cost nothing', async () => {
  const { generation } = await ask('down [scenario:status code=503 times=3]')
  await allEnded()

  const refused = {
    model: 'scripted-main',
    outcome: 'provider_unavailable',
    cost: 0n,
    held: 0n,
    inputTokens: null,
  }
  const all = await events()
  expect(all.map(({ generationId }) => generationId)).toEqual(Array(4).fill(generation.id))
  const own = all.find(({ id }) => id === generation.id)
  expect(all.filter((event) => event !== own)).toMatchObject([refused, refused, refused])
  expect(own).toMatchObject({ model: 'scripted-spare', outcome: 'complete', held: 0n })
  expect(own?.cost).toBe(BigInt((own?.inputTokens ?? 0) * 500 + (own?.outputTokens ?? 0) * 1000))

  const { calls, cost } = await storedRun(generation.id)
  expect(calls.map(({ model, outcome }) => `${model} ${outcome}`)).toEqual([
    ...Array(3).fill('scripted-main provider_unavailable'),
    'scripted-spare complete',
  ])
  expect(cost).toBe(own?.cost)
})

test('a request that was too long and the one that was built anew are two calls', async () => {
  const { answerId, conversationId } = await ask('x'.repeat(20_000))
  await allEnded()
  await db().usageEvent.deleteMany()
  const text = 'shrink [scenario:too-long limit=15000]'
  const { generation } = await startTurn(person, {
    conversationId,
    parentId: answerId,
    message: { id: uuidv7(), text },
  })
  await allEnded()

  const { calls } = await storedRun(generation.id)
  expect(calls).toMatchObject([
    { outcome: 'context_too_long', isRebuilt: false, cost: 0 },
    { outcome: 'complete', isRebuilt: true },
  ])
  expect(await events()).toHaveLength(2)
})

test('what was stopped has no known cost, and an estimate of what was counted stays held', async () => {
  const { generation, conversationId } = await ask('stop [scenario:gated before=3 gate=never]')
  await expect.poll(() => runningGenerations().get(generation.id)?.answer.text).not.toBe('')
  const running = runningGenerations().get(generation.id)
  await expect.poll(() => running?.answer.text).toMatch(/word3/)
  await stopGeneration(person, conversationId)
  await allEnded()

  const { requestTokens, cost, calls } = await storedRun(generation.id)
  const { tokens } = await db().message.findFirstOrThrow({ where: { conversationId, role: 'assistant' } })
  expect(await events()).toMatchObject([
    { outcome: 'stopped', cost: null, held: BigInt(requestTokens * 100 + tokens * 200) },
  ])
  expect(cost).toBeNull()
  expect(calls).toMatchObject([{ outcome: 'stopped', cost: null, endedAtMs: expect.any(Number) }])
})

test('a stop during the pause between two tries ends no call, and a stop before the first token does', async () => {
  const first = await ask('pausing [scenario:status code=503]')
  await expect.poll(() => provider.requests.some(({ message }) => message.includes('pausing'))).toBe(true)
  await stopGeneration(person, first.conversationId)
  const second = await ask('nothing yet [scenario:gated before=0 gate=never]')
  await expect.poll(() => provider.requests.some(({ message }) => message.includes('nothing yet'))).toBe(true)
  await stopGeneration(person, second.conversationId)
  await allEnded()

  const { requestTokens, calls } = await storedRun(second.generation.id)
  expect(calls).toMatchObject([{ outcome: 'stopped', firstTokenAtMs: null }])
  expect(await db().usageEvent.findUnique({ where: { id: second.generation.id } })).toMatchObject({
    ...{ outcome: 'stopped', cost: null, held: BigInt(requestTokens * 100) },
  })
  expect((await storedRun(first.generation.id)).calls).toHaveLength(
    provider.requests.filter(({ message }) => message.includes('pausing')).length,
  )
})

test('an answer without reported usage has unknown tokens and no known cost', async () => {
  const { generation } = await ask('silent about it [scenario:no-usage]')
  await allEnded()
  expect(await events()).toMatchObject([{ outcome: 'complete', inputTokens: null, cost: null }])
  expect((await events())[0]?.held).toBeGreaterThan(0n)
  expect((await storedRun(generation.id)).cost).toBeNull()
})

test('a parameter that was left out since the provider refuses it is noted with the call', async () => {
  const first = await ask('no options [scenario:refuses parameter=stream_options]')
  await allEnded()
  expect((await storedRun(first.generation.id)).calls).toMatchObject([
    { adaptations: ['drop_stream_options'] },
  ])
})

test('of an answer whose server died an estimate stays; one that was never asked for costs nothing', async () => {
  const limits = { monthlyBudget: null, turnsPerMinute: 1_000 }
  const turns = [await createTurn(person, { limits }), await createTurn(person, { limits })]
  const [begun, unbegun] = turns.map(({ generation }) => generation.id)
  if (!begun || !unbegun) throw new Error('There are two.')
  await db().usageEvent.updateMany({ data: { held: 9_999_999 } })
  await writeProgress([begun], [{ generationId: begun, sequence: 0, text: 'Courage' }])
  for (const now of [0, 2_000, 4_000, 6_000]) await sweepGenerations(6_000, now)

  const swept = { outcome: 'interrupted' }
  expect(await db().usageEvent.findUnique({ where: { id: begun } })).toMatchObject({
    ...{ ...swept, cost: null, held: BigInt(10 * 100 + 2 * 200) },
  })
  expect(await db().usageEvent.findUnique({ where: { id: unbegun } })).toMatchObject({
    ...{ ...swept, cost: 0n, held: 0n },
  })
})

test('what was spent stays spent when the conversation is gone', async () => {
  const { conversationId } = await ask('gone soon')
  await allEnded()
  await db().conversation.delete({ where: { id: conversationId } })
  expect(await events()).toMatchObject([{ conversationId: null, outcome: 'complete' }])
})
