import { v7 as uuidv7 } from 'uuid'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { costOfCounted, pricePerToken } from '#lib/chat/cost.ts'
import { closeDatabase, db } from '#lib/db/client.ts'
import { readMonthSpending } from '#lib/db/usage-events.ts'
import { messageText } from '../../e2e/provider/chat-wire.ts'
import type { ReceivedRequest } from '../../e2e/provider/request-log.ts'
import type { ScriptedProvider } from '../../e2e/provider/scripted-provider.ts'
import { allEnded } from '../../scripts/test/all-ended.ts'
import { createPerson } from '../../scripts/test/create-person.ts'
import { emptyDatabase } from '../../scripts/test/empty-database.ts'
import { useScriptedProvider } from '../../scripts/test/use-scripted-provider.ts'
import { foldQueue } from './fold-summary.ts'
import { startTurn } from './start-turn.ts'
import { titleQueue } from './title-conversation.ts'

const TURNS = 48
const prices = {
  'scripted-main': { input: 1, cachedInput: 0.1, output: 4 },
  'scripted-spare': { input: 3, cachedInput: 3, output: 12 },
  'scripted-utility': { input: 0.2, cachedInput: 0.02, output: 0.8 },
}

let provider: ScriptedProvider

beforeAll(async () => {
  provider = await useScriptedProvider({
    CONTEXT_BUDGET: '4000',
    RATE_LIMIT_PER_MINUTE: '1000',
    OPENAI_FALLBACK_MODEL: 'scripted-spare',
    MODEL_PRICES: JSON.stringify(prices),
  })
  await emptyDatabase()
})
afterAll(async () => {
  await provider.stop()
  await closeDatabase()
})

/** What goes well, and each tenth or so what does not. */
const scenarios = ['plain', 'plain', 'slow tokens=9 delay=0', 'plain', 'length tokens=4', 'plain', 'no-usage']
const faults = ['status code=503 times=2', 'status code=404 times=1', 'empty', 'cut tokens=3', 'html']

function scenarioOf(turn: number): string {
  const chosen =
    turn % 6 === 5 ? faults[Math.floor(turn / 6) % faults.length] : scenarios[turn % scenarios.length]
  return `[scenario:${chosen}]`
}

/** As the scripted provider counts. */
function promptTokens({ body }: ReceivedRequest): number {
  return Math.ceil(body.messages.reduce((sum, message) => sum + messageText(message).length, 0) / 4)
}

const ascending = (a: number, b: number) => a - b

test('after a long conversation with all that can go wrong the ledger is what the provider was asked and reported', async () => {
  const person = await createPerson()
  const conversationId = uuidv7()
  let parentId: string | null = null
  for (let turn = 0; turn < TURNS; turn += 1) {
    const text = `${turn} ${scenarioOf(turn)} ${'and then we waited '.repeat(30)}`
    const started = await startTurn(person, { conversationId, parentId, message: { id: uuidv7(), text } })
    await allEnded()
    parentId = started.answerId
    await foldQueue.handle(conversationId, true)
  }
  await titleQueue.handle(conversationId, true)

  const events = await db().usageEvent.findMany({ where: { userId: person } })
  const count = (kind: string) => events.filter((event) => event.kind === kind).length
  const received = (kind: string) => provider.requests.filter((request) => request.kind === kind)
  expect(count('answer')).toBeGreaterThan(TURNS)
  expect(count('summary')).toBeGreaterThan(1)
  for (const kind of ['answer', 'title', 'summary']) expect(count(kind), kind).toBe(received(kind).length)

  const reported = events.flatMap(({ inputTokens }) => inputTokens ?? [])
  const asked = provider.requests.map(promptTokens)
  for (const tokens of reported) expect(asked).toContain(tokens)
  for (const kind of ['title', 'summary']) {
    const told = events.filter((event) => event.kind === kind).map(({ inputTokens }) => inputTokens ?? 0)
    expect(told.sort(ascending)).toEqual(received(kind).map(promptTokens).sort(ascending))
  }

  let spent = 0
  for (const event of events) {
    const price = pricePerToken(prices[event.model as keyof typeof prices])
    const { inputTokens, outputTokens, cost, held, outcome } = event
    expect(outcome).not.toBe('running')
    if (inputTokens !== null && outputTokens !== null) {
      expect(Number(cost)).toBe(costOfCounted(inputTokens, outputTokens, price))
      expect(held).toBe(0n)
    } else if (cost === null) expect(held).toBeGreaterThan(0n)
    else expect([cost, held], outcome).toEqual([0n, 0n])
    spent += Number(cost ?? held)
  }
  expect((await readMonthSpending(person, null)).spent).toBe(spent)

  const generations = await db().generation.findMany({ where: { conversationId } })
  for (const { id, cost, calls } of generations) {
    const own = events.filter(({ generationId }) => generationId === id)
    expect(own).toHaveLength(Math.max(1, (calls as unknown[]).length))
    const isKnown = own.every((event) => event.cost !== null)
    expect(cost).toBe(isKnown ? own.reduce((sum, event) => sum + (event.cost ?? 0n), 0n) : null)
  }
}, 120_000)
