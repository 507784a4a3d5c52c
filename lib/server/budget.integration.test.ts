import { v7 as uuidv7 } from 'uuid'
import { afterAll, afterEach, beforeAll, beforeEach, expect, onTestFinished, test } from 'vitest'
import { FREE } from '#lib/chat/cost.ts'
import { MICROCENTS_PER_DOLLAR } from '#lib/chat/money.ts'
import { closeDatabase, db } from '#lib/db/client.ts'
import { insertUsage, readMonthSpending } from '#lib/db/usage-events.ts'
import { env } from '#lib/env.ts'
import { AppError } from '#lib/errors.ts'
import { models } from '#lib/providers/resolve-models.ts'
import type { ScriptedProvider } from '../../e2e/provider/scripted-provider.ts'
import { allEnded } from '../../scripts/test/all-ended.ts'
import { createPerson } from '../../scripts/test/create-person.ts'
import { emptyDatabase } from '../../scripts/test/empty-database.ts'
import { useScriptedProvider } from '../../scripts/test/use-scripted-provider.ts'
import { changeBudget } from './change-budget.ts'
import { runningGenerations } from './running-generations.ts'
import { startTurn } from './start-turn.ts'

const BUDGET = 1 * MICROCENTS_PER_DOLLAR

let provider: ScriptedProvider
let person: string

beforeAll(async () => {
  provider = await useScriptedProvider({
    // An answer can cost 10 cents and what is asked; the five words of a test cost a thousandth of a cent.
    MODEL_PRICES: '{"scripted-main": {"input": 1, "cachedInput": 1, "output": 100}}',
    OPENAI_MAX_OUTPUT_TOKENS: '1000',
    MONTHLY_BUDGET_USD: '1',
    // Fewer than there are connections: whoever waits for one is told so after 1.5 s, which a busy machine takes for more.
    RATE_LIMIT_PER_MINUTE: '12',
  })
  // What is opened and read for the first time takes a busy machine much of that, too.
  await Promise.all(Array.from({ length: 20 }, () => db().$queryRaw`SELECT 1 FROM pg_sleep(0.2)`))
  person = await createPerson()
  await startTurn(person, message('the first of all'))
  await allEnded()
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

function message(text: string) {
  return { conversationId: uuidv7(), parentId: null, message: { id: uuidv7(), text } }
}

async function spend(microcents: number, createdAt = new Date()): Promise<void> {
  const id = uuidv7()
  await insertUsage({
    ...{
      id,
      userId: person,
      conversationId: null,
      kind: 'summary',
      provider: 'openai',
      model: 'scripted-main',
    },
    ...{ outcome: 'complete', inputTokens: 1, outputTokens: 1, cachedInputTokens: 0, reasoningTokens: 0 },
    ...{ cost: microcents, held: 0, timeToFirstTokenMs: null, latencyMs: 1 },
  })
  await db().usageEvent.update({ where: { id }, data: { createdAt } })
}

function asked(text: string) {
  return provider.requests.filter(({ message: received }) => received.includes(text))
}

const month = () => readMonthSpending(person, BUDGET)

function countRows() {
  return Promise.all([
    db().conversation.count(),
    db().message.count(),
    db().generation.count(),
    db().usageEvent.count(),
  ])
}

test('a dozen requests at once spend no more than the budget, by what each has reserved', async () => {
  const requests = Array.from({ length: 12 }, () => message('at once [scenario:gated before=1 gate=budget]'))
  const results = await Promise.allSettled(requests.map((request) => startTurn(person, request)))

  const begun = results.filter(({ status }) => status === 'fulfilled')
  // Nine of ten cents and something each.
  expect(begun).toHaveLength(9)
  for (const result of results) {
    if (result.status === 'rejected')
      expect(result.reason).toMatchObject({ code: 'budget_exhausted', status: 402 })
  }
  const { spent } = await month()
  expect(spent).toBeGreaterThan(BUDGET * 0.9)
  expect(spent).toBeLessThanOrEqual(BUDGET)
  expect(await countRows()).toEqual([9, 18, 9, 9])

  provider.stage.openGate('budget')
  await allEnded()
  expect(asked('at once')).toHaveLength(9)
  const events = await db().usageEvent.findMany()
  const sum = events.reduce((total, { cost }) => total + Number(cost), 0)
  expect(await month()).toMatchObject({ spent: sum, budget: BUDGET })
  expect(sum).toBeLessThan(BUDGET / 10)
})

test('who has used up the budget is refused before anything is written or asked, and told what to do', async () => {
  await spend(BUDGET)
  const before = await countRows()
  const refused = await startTurn(person, message('too dear')).catch((error: unknown) => error)
  if (!(refused instanceof AppError)) throw refused

  expect(refused).toMatchObject({ code: 'budget_exhausted', status: 402, retryAfterSeconds: undefined })
  expect(refused.userMessage).toMatch(
    /^You have used \$1\.00 of the \$1\.00 that you may spend in a month\. The next month begins on 1 \w+; an administrator can raise the limit/,
  )
  expect(await countRows()).toEqual(before)
  expect(asked('too dear')).toEqual([])
})

test('to regenerate and to go on are answers, too', async () => {
  const request = message('[scenario:length tokens=3]')
  const { answerId, conversationId } = await startTurn(person, request)
  await allEnded()
  await spend(BUDGET)
  const again = { conversationId, parentId: request.message.id, answerId: uuidv7() }
  const further = { conversationId, answerId, generationId: uuidv7() }
  const before = await countRows()
  for (const each of [again, further])
    await expect(startTurn(person, each)).rejects.toMatchObject({ code: 'budget_exhausted' })
  expect(await countRows()).toEqual(before)
})

test('the turn that used up the budget is still found by whoever sends it again', async () => {
  const request = message('the last one [scenario:gated before=1 gate=last]')
  await spend(BUDGET * 0.85)
  const turns = await Promise.all(Array.from({ length: 4 }, () => startTurn(person, request)))
  expect(new Set(turns.map(({ generation }) => generation.id)).size).toBe(1)
  provider.stage.openGate('last')
})

test('a month begins anew, and others’ spending is theirs', async () => {
  const now = new Date()
  const lastMonth = new Date(Date.UTC(now.getUTCFullYear(), now.getUTCMonth(), 1) - 1)
  await spend(BUDGET * 5, lastMonth)
  const mine = person
  person = await createPerson()
  await spend(BUDGET * 5)
  person = mine

  expect(await month()).toEqual({
    spent: 0,
    budget: BUDGET,
    resetsAt: new Date(Date.UTC(now.getUTCFullYear(), now.getUTCMonth() + 1, 1)).toISOString(),
  })
  await startTurn(person, message('afresh'))
})

test('who has got a budget from an administrator is told of it, and of the usual one again', async () => {
  const half = BUDGET / 2
  expect(await changeBudget(person, 0.5)).toMatchObject({ spent: 0, budget: half })
  expect(await month()).toMatchObject({ budget: half })
  expect(await changeBudget(person, 0)).toMatchObject({ budget: 0 })
  expect(await changeBudget(person, null)).toMatchObject({ budget: BUDGET })
  await expect(changeBudget(uuidv7(), 1)).rejects.toMatchObject({ code: 'not_found' })
})

test.each([
  ['more', BigInt(BUDGET * 10), null],
  ['less', BigInt(BUDGET / 2), 'budget_exhausted'],
  ['nothing', 0n, 'budget_exhausted'],
])('an own budget counts before the usual one: %s', async (_name, monthlyBudget, code) => {
  await db().user.update({ where: { id: person }, data: { monthlyBudget } })
  await spend(BUDGET * 0.95)
  const begun = startTurn(person, message('own budget'))
  if (code) await expect(begun).rejects.toMatchObject({ code })
  else await begun
})

test.each([
  ['free', FREE, null],
  ['of unknown price', null, 'budget_exhausted'],
] as const)('a used-up budget and a model that is %s', async (_name, price, code) => {
  await spend(BUDGET)
  const { answering } = await models()
  const known = answering.price
  answering.price = price
  onTestFinished(() => {
    answering.price = known
  })
  const begun = startTurn(person, message('another price'))
  if (code) await expect(begun).rejects.toMatchObject({ code })
  else await begun
})

test('of turns begun at once no more than may be in a minute are, in as many conversations', async () => {
  await db().user.update({ where: { id: person }, data: { monthlyBudget: BigInt(BUDGET * 1_000) } })
  const limit = env().RATE_LIMIT_PER_MINUTE
  const text = 'crowded [scenario:gated before=1 gate=crowd]'
  const results = await Promise.allSettled(
    Array.from({ length: limit + 7 }, () => startTurn(person, message(text))),
  )
  const refused = results.filter(({ status }) => status === 'rejected')
  expect(results.length - refused.length).toBe(limit)
  for (const { reason } of refused as PromiseRejectedResult[]) {
    expect(reason).toMatchObject({ code: 'too_many_turns', status: 429 })
    expect(reason.retryAfterSeconds).toBeGreaterThan(50)
  }
  expect(await db().message.count()).toBe(2 * limit)
  provider.stage.openGate('crowd')
})
