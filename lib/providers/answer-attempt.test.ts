import { afterAll, beforeAll, expect, test, vi } from 'vitest'
import { parseEnv } from '#lib/env.ts'
import { type ScriptedProvider, startScriptedProvider } from '../../e2e/provider/scripted-provider.ts'
import { attemptAnswer } from './answer-attempt.ts'
import type { AnswerEvent } from './answer-events.ts'
import { type ChatModel, resolveModels } from './resolve-models.ts'

const KEY = 'a-planted-key'

let provider: ScriptedProvider
let model: ChatModel

beforeAll(async () => {
  provider = await startScriptedProvider()
  const variables = { OPENAI_BASE_URL: provider.url, OPENAI_API_KEY: KEY, OPENAI_MODEL: 'scripted-main' }
  model = (await resolveModels(parseEnv({ ...variables, APP_URL: 'https://stoa.example', APP_NAME: 'Stoa' })))
    .answering
})
afterAll(() => provider.stop())

async function ask(message: string, signal = new AbortController().signal) {
  let text = ''
  let end: Extract<AnswerEvent, { type: 'end' }> | undefined
  const messages = [{ role: 'user' as const, content: message }]
  for await (const event of attemptAnswer(model, { instructions: 'Be calm.', messages, signal })) {
    if (event.type === 'text') text += event.text
    else end = event
  }
  return { text, outcome: end?.outcome, usage: end?.usage }
}

test('a whole answer is complete, with the usage that the provider reported', async () => {
  const { text, outcome, usage } = await ask('[scenario:slow tokens=5 delay=1]')

  expect(text).not.toBe('')
  expect(outcome).toEqual({ status: 'complete' })
  expect(usage?.outputTokens).toBe(5)
})

test('the request carries one system message, the output limit and the app’s name, and no temperature', async () => {
  await ask('What is sent?')
  const sent = provider.requests.findLast(({ message }) => message.includes('What is sent?'))

  expect(sent?.body).toMatchObject({
    model: 'scripted-main',
    messages: [
      { role: 'system', content: 'Be calm.' },
      { role: 'user', content: 'What is sent?' },
    ],
    max_tokens: 8000,
    stream: true,
  })
  expect(sent?.body).not.toHaveProperty('temperature')
  expect(sent?.headers).toMatchObject({ 'http-referer': 'https://stoa.example', 'x-title': 'Stoa' })
})

test('an answer without usage has unknown tokens, not none', async () => {
  const { outcome, usage } = await ask('[scenario:no-usage]')
  expect(outcome).toEqual({ status: 'complete' })
  expect(usage).toEqual({
    inputTokens: null,
    outputTokens: null,
    cachedInputTokens: null,
    reasoningTokens: null,
  })
})

test.each([
  ['[scenario:length]', { status: 'truncated' }],
  ['[scenario:filter]', { status: 'failed', failure: { code: 'content_filtered' } }],
  ['[scenario:cut]', { status: 'interrupted', failure: { code: 'interrupted' } }],
  ['[scenario:reset delay=20]', { status: 'interrupted', failure: { code: 'interrupted' } }],
  ['[scenario:error-event]', { status: 'interrupted', failure: { code: 'interrupted' } }],
  ['[scenario:malformed]', { status: 'failed', failure: { code: 'invalid_response' } }],
  ['[scenario:empty]', { status: 'failed', failure: { code: 'empty_answer' } }],
  ['[scenario:html]', { status: 'failed', failure: { code: 'invalid_response' } }],
  ['[scenario:html code=502]', { status: 'failed', failure: { code: 'provider_unavailable' } }],
  ['[scenario:status code=401]', { status: 'failed', failure: { code: 'wrong_key' } }],
  ['[scenario:status code=404]', { status: 'failed', failure: { code: 'model_not_found' } }],
  ['[scenario:status code=429 retry-after=60]', { status: 'failed', failure: { code: 'rate_limited' } }],
  ['[scenario:status code=500]', { status: 'failed', failure: { code: 'provider_unavailable' } }],
] as const)('%s ends as it is', async (message, expected) => {
  const { outcome } = await ask(message)
  expect(outcome).toMatchObject(expected)
})

test('a provider that is not there is unreachable', async () => {
  const nowhere = await resolveModels(parseEnv({ OPENAI_BASE_URL: 'http://127.0.0.1:7979/v1' }))
  const events: AnswerEvent[] = []
  const messages = [{ role: 'user' as const, content: 'Hello' }]
  const signal = new AbortController().signal
  for await (const event of attemptAnswer(nowhere.answering, { instructions: '', messages, signal })) {
    events.push(event)
  }
  expect(events).toMatchObject([{ type: 'end', outcome: { failure: { code: 'provider_unreachable' } } }])
})

test('the caller’s signal ends the call and closes the provider’s socket', async () => {
  const controller = new AbortController()
  const asked = ask('[scenario:gated before=2 gate=never] abort me', controller.signal)
  await expect.poll(() => provider.requests.some(({ message }) => message.includes('abort me'))).toBe(true)
  controller.abort('stopped')

  expect((await asked).outcome).toEqual({ status: 'aborted' })
  await expect
    .poll(() => provider.requests.find(({ message }) => message.includes('abort me'))?.closed?.by)
    .toBe('client')
})

test('an answer that takes too long in all is broken off, though tokens still come', async () => {
  const usual = model
  model = { ...usual, timeouts: { ...usual.timeouts, totalMs: 100 } }
  try {
    const { text, outcome } = await ask('[scenario:slow tokens=100 delay=20]')
    expect(text).not.toBe('')
    expect(outcome).toMatchObject({ status: 'interrupted', failure: { code: 'timed_out' } })
  } finally {
    model = usual
  }
})

test('nothing waits for an answer that has ended: it would keep the whole request in memory', async () => {
  const timeout = vi.spyOn(AbortSignal, 'timeout')
  const timersBefore = process.getActiveResourcesInfo().filter((type) => type === 'Timeout').length
  await ask('[scenario:slow tokens=5 delay=1]')
  // Those that the SDK makes so cannot be taken back, and do not show among the others.
  expect(timeout).not.toHaveBeenCalled()
  expect(process.getActiveResourcesInfo().filter((type) => type === 'Timeout').length).toBeLessThanOrEqual(
    timersBefore,
  )
  timeout.mockRestore()
})
