import { v7 as uuidv7 } from 'uuid'
import { afterAll, beforeAll, beforeEach, expect, test } from 'vitest'
import type { ContextGauge } from '#lib/chat/context-gauge.ts'
import { closeDatabase, db } from '#lib/db/client.ts'
import type { ScriptedProvider } from '../../e2e/provider/scripted-provider.ts'
import { allEnded } from '../../scripts/test/all-ended.ts'
import { createPerson } from '../../scripts/test/create-person.ts'
import { emptyDatabase } from '../../scripts/test/empty-database.ts'
import { readLedger } from '../../scripts/test/read-ledger.ts'
import { useScriptedProvider } from '../../scripts/test/use-scripted-provider.ts'
import { readGauge } from './read-gauge.ts'
import { startTurn } from './start-turn.ts'
import { tokenRatiosStored } from './token-ratios.ts'

let provider: ScriptedProvider
let person: string

beforeAll(async () => {
  provider = await useScriptedProvider()
})
beforeEach(async () => {
  await emptyDatabase()
  person = await createPerson({ aboutYou: 'I am Zeno.' })
})
afterAll(async () => {
  await provider.stop()
  await closeDatabase()
})

async function ask(text: string, change: { conversationId?: string; parentId?: string } = {}) {
  const request = { conversationId: uuidv7(), parentId: null, message: { id: uuidv7(), text }, ...change }
  const { generation, answerId, conversationId } = await startTurn(person, request)
  await allEnded()
  await tokenRatiosStored()
  return { conversationId, answerId, ledger: await readLedger(generation.id) }
}

function total({ tokens }: ContextGauge): number {
  return Object.values(tokens).reduce((sum, each) => sum + each)
}

test('of a new conversation, it is the prompt and what the person told of themselves', async () => {
  const gauge = await readGauge(person, null, { persona: 'tutor' })
  expect(gauge).toMatchObject({
    model: { provider: 'openai', model: 'scripted-main' },
    tokens: { summary: 0, messages: 0 },
    ...{ maxOutputTokens: 8_000, tokenRatio: 1.25 },
  })
  expect(gauge.tokens.instructions).toBeGreaterThan(10)
  expect(gauge.budget).toBeLessThan(gauge.contextWindow)

  const { prompt } = (await ask('One')).ledger
  const usual = await readGauge(await createPerson(), null, {})
  expect(usual.tokens).toEqual({
    ...{
      prompt: Math.round((prompt.tokens + 4) * usual.tokenRatio),
      instructions: 0,
      summary: 0,
      messages: 0,
    },
  })
})

test('of a conversation, it is what the next request turns out to hold, but for its question', async () => {
  const { conversationId, answerId } = await ask('One')
  const gauge = await readGauge(person, conversationId, {})
  const { ledger } = await ask('Two', { conversationId, parentId: answerId })

  const question = (ledger.sent.at(-1)?.tokens ?? 0) + 4
  expect(gauge.tokenRatio).toBe(ledger.tokenRatio)
  expect(gauge.budget).toBe(ledger.budget)
  const expected = (ledger.totalTokens - question) * ledger.tokenRatio
  expect(Math.abs(total(gauge) - expected)).toBeLessThanOrEqual(2)
  expect(total(await readGauge(person, conversationId, {}))).toBeGreaterThan(total(gauge))
})

test('a summary counts in the place of what it covers, and a clear leaves nothing', async () => {
  const { conversationId, answerId } = await ask('One')
  const before = await readGauge(person, conversationId, {})
  const summary = { conversationId, version: 1, throughMessageId: answerId, text: 'They met.', tokens: 4 }
  await db().summary.create({ data: { ...summary, id: uuidv7(), author: 'model' } })
  const { tokens } = await readGauge(person, conversationId, {})
  expect(tokens.summary).toBeGreaterThan(40)
  expect(tokens.messages).toBeLessThan(before.tokens.messages)

  await db().message.update({ where: { id: answerId }, data: { clearedAt: new Date() } })
  expect((await readGauge(person, conversationId, {})).tokens).toMatchObject({
    ...{ summary: 0, messages: 0 },
  })
})

test('another’s conversation is none, and what is not on offer is refused', async () => {
  const { conversationId } = await ask('One')
  const refused = (work: Promise<unknown>) => expect(work).rejects
  await refused(readGauge(await createPerson(), conversationId, {})).toMatchObject({ code: 'not_found' })
  await refused(readGauge(person, uuidv7(), {})).toMatchObject({ code: 'not_found' })
  await refused(readGauge(person, null, { persona: 'nobody' })).toMatchObject({ code: 'unknown_persona' })
  await refused(readGauge(person, null, { model: 'openai:none' })).toMatchObject({ code: 'unknown_model' })
})
