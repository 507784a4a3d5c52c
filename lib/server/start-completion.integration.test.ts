import { afterAll, beforeAll, beforeEach, expect, test } from 'vitest'
import { type CompletionRequest, completionRequestSchema } from '#lib/api/chat-completion.ts'
import { closeDatabase, db } from '#lib/db/client.ts'
import { endLostCompletions, finishCompletion } from '#lib/db/completions.ts'
import { findConversation } from '#lib/db/conversations.ts'
import { plainAnswer } from '../../e2e/provider/answers.ts'
import type { ScriptedProvider } from '../../e2e/provider/scripted-provider.ts'
import { createPerson } from '../../scripts/test/create-person.ts'
import { emptyDatabase } from '../../scripts/test/empty-database.ts'
import { useScriptedProvider } from '../../scripts/test/use-scripted-provider.ts'
import { sendThroughApi } from './api-turn.ts'
import { completeChat } from './complete-chat.ts'
import { drain } from './drain.ts'
import { runningCompletions } from './running-completions.ts'
import { runningGenerations } from './running-generations.ts'

let provider: ScriptedProvider
let person: string

beforeAll(async () => {
  provider = await useScriptedProvider({
    MODEL_PRICES: '{"scripted-main": {"input": 1, "cachedInput": 1, "output": 100}}',
    OPENAI_MAX_OUTPUT_TOKENS: '1000',
    MODEL_CONTEXT_WINDOW: '8000',
    RATE_LIMIT_PER_MINUTE: '4',
  })
})
beforeEach(async () => {
  await emptyDatabase()
  person = await createPerson()
})
afterAll(async () => {
  await provider.stop()
  await closeDatabase()
})

function asking(content: string, more: object = {}): CompletionRequest {
  return completionRequestSchema.parse({ model: 'tutor', messages: [{ role: 'user', content }], ...more })
}

async function ask(request: CompletionRequest) {
  return completeChat({ user: { id: person }, tokenId: null }, request, null)
}

async function ended(): Promise<void> {
  await Promise.all([...runningCompletions()].map(({ done }) => done))
}

test('of an answer that is kept nowhere there is its usage alone, with its persona, tokens and cost', async () => {
  const { answer } = await ask(asking('Hello'))
  expect(await db().usageEvent.findMany()).toMatchObject([
    { outcome: 'running', cost: null, held: expect.any(BigInt) },
  ])
  await ended()
  expect(answer.text).toBe(plainAnswer('Hello'))
  const [event, ...others] = await db().usageEvent.findMany()
  expect(others).toEqual([])
  expect(event).toMatchObject({
    ...{ kind: 'answer', outcome: 'complete', persona: 'tutor', conversationId: null, held: 0n },
    ...{ inputTokens: expect.any(Number), outputTokens: expect.any(Number), model: 'scripted-main' },
  })
  expect(event?.generationId).toBe(event?.id)
  // It has ended: nothing that comes later is entered in its place, or beside it.
  const late = {
    ...{ id: event?.id ?? '', provider: 'late', model: 'late', outcome: 'interrupted', sentAtMs: 0 },
    ...{ inputTokens: 1, outputTokens: 1, cachedInputTokens: null, reasoningTokens: null },
    ...{ cost: 1, held: 0, timeToFirstTokenMs: null, latencyMs: 1 },
  }
  await finishCompletion(person, late.id, [late])
  expect(await db().usageEvent.findMany()).toEqual([event])
  expect(event?.cost).toBeGreaterThan(0n)
  expect(await db().message.count()).toBe(0)
  expect(await db().conversation.count()).toBe(0)
})

test('what the caller tells the system stands after the persona, in the one system message', async () => {
  const messages = [
    ...[{ role: 'system', content: 'Be brief.' } as const, { role: 'user', content: 'One' } as const],
    ...[{ role: 'assistant', content: 'Two' } as const, { role: 'developer', content: 'Be kind.' } as const],
    { role: 'user', content: [{ type: 'text', text: 'Three, sampled' }] },
  ]
  const sampling = { top_p: 0.5, seed: 7, stop: 'END', presence_penalty: 1, frequency_penalty: -1 }
  await ask(asking('', { messages, temperature: 0.3, max_tokens: 50, ...sampling }))
  await ended()
  const [request] = provider.requests.filter((each) => each.message.includes('sampled'))
  const [system, ...rest] = request?.body.messages ?? []
  expect(system?.content).toMatch(/\S\n\nBe brief\.\n\nBe kind\.$/)
  expect(rest.map(({ role, content }) => [role, content])).toEqual([
    ...[['user', 'One']],
    ...[['assistant', 'Two']],
    ...[['user', 'Three, sampled']],
  ])
  expect(request?.body).toMatchObject({ ...sampling, stop: ['END'], temperature: 0.3, max_tokens: 50 })
})

test('they count in the minute and against the month as those of conversations do', async () => {
  for (let turn = 0; turn < 4; turn++) await ask(asking(`Hello ${turn}`))
  await expect(ask(asking('Once more'))).rejects.toMatchObject({ code: 'too_many_turns' })
  await ended()
  await db().usageEvent.deleteMany()
  await db().user.update({ where: { id: person }, data: { monthlyBudget: 1n } })
  await expect(ask(asking('Over the budget'))).rejects.toMatchObject({ code: 'budget_exhausted' })
  expect(await db().usageEvent.count()).toBe(0)
})

test('what does not fit is refused, and nothing is shortened or asked', async () => {
  await expect(ask(asking('word '.repeat(9_000)))).rejects.toMatchObject({
    ...{ code: 'message_too_long', field: 'messages' },
  })
  expect(await db().usageEvent.count()).toBe(0)
})

test('nobody reads an abandoned one: its call is ended, and counted by what was written', async () => {
  const { answer, abandon } = await ask(asking('[scenario:slow tokens=2000 delay=15] abandoned'))
  await expect.poll(() => answer.text).not.toBe('')
  abandon()
  await ended()
  const [event] = await db().usageEvent.findMany()
  expect(event).toMatchObject({ outcome: 'stopped', cost: null })
  expect(event?.held).toBeGreaterThan(0n)
  await expect
    .poll(() => provider.requests.find((each) => each.message.includes('abandoned'))?.closed?.by)
    .toBe('client')
})

test('a setting that the model does not hold ends the call before its first word', async () => {
  const { answer, check } = await ask(
    asking('[scenario:refuses parameter=temperature] held', { temperature: 0.5 }),
  )
  await ended()
  expect(answer.text).toBe('')
  expect(check).toThrow(expect.objectContaining({ code: 'unsupported_parameter', field: 'temperature' }))
})

test('in a kept conversation the intensity stays unless it is named', async () => {
  const request = { message: 'Hello', persona: 'tutor', intensity: 'high', stream: false } as const
  const { conversationId, generation } = await sendThroughApi(person, request, null)
  await runningGenerations().get(generation.id)?.done
  const kept = async (model: string) => {
    const asked = asking('Go on', { model, metadata: { conversation_id: conversationId } })
    await (await ask(asked)).answer.ended()
    return (await findConversation(person, conversationId))?.intensity
  }
  expect([await kept('tutor'), await kept('tutor:low')]).toEqual(['high', 'low'])
})

test('one whose server died ends some time later, and holds what it can have cost', async () => {
  await ask(asking('Lost'))
  await ended()
  await db().usageEvent.updateMany({
    data: { outcome: 'running', held: 5n, cost: null, createdAt: new Date(Date.now() - 120 * 60_000) },
  })
  expect(await endLostCompletions(90)).toBe(1)
  expect(await db().usageEvent.findMany()).toMatchObject([{ outcome: 'interrupted', held: 5n }])
})

test('a server that stops ends what is still written, and stores what it took', async () => {
  const { answer } = await ask(asking('[scenario:slow tokens=2000 delay=15] drained'))
  await expect.poll(() => answer.text).not.toBe('')
  await drain(0)
  expect(runningCompletions().size).toBe(0)
})
