import { v7 as uuidv7 } from 'uuid'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { completionRequestSchema } from '#lib/api/chat-completion.ts'
import { closeDatabase } from '#lib/db/client.ts'
import type { ScriptedProvider } from '../../e2e/provider/scripted-provider.ts'
import { createPerson } from '../../scripts/test/create-person.ts'
import { createTurn } from '../../scripts/test/create-turn.ts'
import { useScriptedProvider } from '../../scripts/test/use-scripted-provider.ts'
import { completeChat } from './complete-chat.ts'
import { metrics } from './metrics.ts'
import { runningGenerations } from './running-generations.ts'
import { startTurn } from './start-turn.ts'
import { sweepGenerations } from './sweep-generations.ts'

let provider: ScriptedProvider
let person: string

beforeAll(async () => {
  const MODEL_PRICES = JSON.stringify({ 'scripted-main': { input: 1, output: 2 } })
  provider = await useScriptedProvider({ MODEL_PRICES })
  person = await createPerson()
})
afterAll(async () => {
  await provider.stop()
  await closeDatabase()
})

/** The number behind a series, as a scraper reads it. */
async function read(series: string): Promise<number | undefined> {
  const text = await metrics().registry.metrics()
  const line = text.split('\n').find((each) => each.startsWith(`${series} `))
  return line === undefined ? undefined : Number(line.slice(series.length))
}

async function answer(text: string): Promise<void> {
  const message = { id: uuidv7(), text }
  const turn = await startTurn(person, { conversationId: uuidv7(), parentId: null, message })
  await runningGenerations().get(turn.generation.id)?.done
}

const model = 'provider="openai",model="scripted-main"'

test('an answer is counted with its tokens, cost, first token and pauses', async () => {
  await answer('[scenario:plain tokens=12]')
  expect(await read(`stoa_generations_total{${model},status="complete"}`)).toBe(1)
  expect(await read(`stoa_provider_calls_total{${model},purpose="answer"}`)).toBe(1)
  const output = await read(`stoa_tokens_total{${model},purpose="answer",kind="output"}`)
  const input = await read(`stoa_tokens_total{${model},purpose="answer",kind="input"}`)
  expect(output).toBeGreaterThan(0)
  expect(await read(`stoa_cost_dollars_total{${model},purpose="answer"}`)).toBeCloseTo(
    ((input ?? 0) + 2 * (output ?? 0)) / 1_000_000,
    9,
  )
  expect(await read(`stoa_time_to_first_token_seconds_count{${model}}`)).toBe(1)
  expect(await read('stoa_token_delay_seconds_count')).toBeGreaterThan(5)
  expect(await read('stoa_running_generations')).toBe(0)
  expect(await read('stoa_database_connections{state="waiting"}')).toBe(0)
  expect(await read('stoa_database_connections{state="idle"}')).toBeGreaterThan(0)
})

test('so is an answer that is kept nowhere, also while it is written', async () => {
  const delays = (await read('stoa_token_delay_seconds_count')) ?? 0
  const messages = [{ role: 'user', content: '[scenario:slow tokens=20 delay=5]' }]
  const request = completionRequestSchema.parse({ model: 'tutor', messages })
  const { answer } = await completeChat({ user: { id: person }, tokenId: null }, request, null)
  expect(await read('stoa_running_generations')).toBe(1)
  await answer.ended()
  expect(await read(`stoa_generations_total{${model},status="complete"}`)).toBe(2)
  expect(await read('stoa_token_delay_seconds_count')).toBeGreaterThan(delays + 5)
})

test('a failure is counted by its code', async () => {
  await answer('[scenario:status code=401]')
  expect(await read(`stoa_generations_total{${model},status="failed"}`)).toBe(1)
  expect(await read('stoa_generation_errors_total{code="wrong_key"}')).toBe(1)
})

test('an answer whose server died is counted by whoever ends it', async () => {
  await createTurn(person)
  await sweepGenerations(0, performance.now())
  await sweepGenerations(0, performance.now() + 1)
  expect(await read('stoa_generation_errors_total{code="interrupted"}')).toBe(1)
})
