import { afterAll, beforeAll, expect, test } from 'vitest'
import { parseEnv } from '#lib/env.ts'
import { type ScriptedProvider, startScriptedProvider } from '../../e2e/provider/scripted-provider.ts'
import type { AnswerEnd } from './answer-events.ts'
import { type ChatModel, resolveModels } from './resolve-models.ts'
import { streamAnswer } from './stream-answer.ts'

let provider: ScriptedProvider

beforeAll(async () => {
  provider = await startScriptedProvider()
})
afterAll(() => provider.stop())

/** Each test asks models of its own, since a model's circuit is the process's. */
async function modelsNamed(name: string, variables: Record<string, string> = {}) {
  const { answering, fallback } = await resolveModels(
    parseEnv({
      OPENAI_BASE_URL: provider.url,
      OPENAI_MODEL: name,
      OPENAI_FALLBACK_MODEL: `${name}-fallback`,
      ...variables,
    }),
  )
  if (!fallback) throw new Error('no fallback')
  return { answering, both: [answering, fallback] as [ChatModel, ChatModel] }
}

async function ask(
  models: [ChatModel, ...ChatModel[]],
  message: string,
  signal = new AbortController().signal,
) {
  let text = ''
  let end: AnswerEnd | undefined
  const messages = [{ role: 'user' as const, content: message }]
  for await (const event of streamAnswer(models, { instructions: 'Be calm.', messages, signal })) {
    if (event.type === 'text') text += event.text
    else end = event
  }
  return { text, outcome: end?.outcome, model: end?.model.model }
}

function calls(text: string): (string | undefined)[] {
  return provider.requests.filter(({ message }) => message.includes(text)).map(({ body }) => body.model)
}

test('a failure that may pass is tried again, and the answer is whole', async () => {
  const { answering } = await modelsNamed('retried')
  const { outcome, text } = await ask([answering], 'twice down [scenario:status code=503 times=2]')

  expect(outcome).toEqual({ status: 'complete' })
  expect(text).not.toBe('')
  expect(calls('twice down')).toHaveLength(3)
})

test('it is tried twice again at most', async () => {
  const { answering } = await modelsNamed('given-up')
  const { outcome } = await ask([answering], 'always down [scenario:status code=503]')

  expect(outcome).toMatchObject({ status: 'failed', failure: { code: 'provider_unavailable' } })
  expect(calls('always down')).toHaveLength(3)
})

test.each([401, 404, 400])('a %i is not tried again', async (code) => {
  const { answering } = await modelsNamed(`final-${code}`)
  await ask([answering], `final ${code} [scenario:status code=${code}]`)
  expect(calls(`final ${code}`)).toHaveLength(1)
})

test('who says when to come back is not asked before, and not waited for in silence', async () => {
  const { answering } = await modelsNamed('limited')
  const startedAt = performance.now()
  const { outcome } = await ask([answering], 'come back later [scenario:status code=429 retry-after=75]')

  expect(outcome).toMatchObject({ failure: { code: 'rate_limited', retryAfterSeconds: 75 } })
  expect(calls('come back later')).toHaveLength(1)
  expect(performance.now() - startedAt).toBeLessThan(2_000)
})

test('text that was shown is never begun anew', async () => {
  const { both } = await modelsNamed('half-way')
  const { outcome, text } = await ask(both, 'half way [scenario:reset delay=20]')

  expect(outcome).toMatchObject({ status: 'interrupted' })
  expect(text).not.toBe('')
  expect(calls('half way')).toHaveLength(1)
})

test('the fallback answers when the first model cannot, and says so', async () => {
  const { both } = await modelsNamed('replaced')
  const { outcome, model } = await ask(both, 'no such model [scenario:status code=404 times=1]')

  expect(outcome).toEqual({ status: 'complete' })
  expect(model).toBe('replaced-fallback')
  expect(calls('no such model')).toEqual(['replaced', 'replaced-fallback'])
})

test('what no other model would survive is not passed on', async () => {
  const { both } = await modelsNamed('filtered')
  const { outcome, model } = await ask(both, 'filter me [scenario:status code=401]')

  expect(outcome).toMatchObject({ failure: { code: 'wrong_key' } })
  expect(model).toBe('filtered')
  expect(calls('filter me')).toHaveLength(1)
})

test('a model that failed five times in a row is left alone, and the fallback asked at once', async () => {
  const { answering, both } = await modelsNamed('broken')
  for (let n = 0; n < 5; n++) await ask([answering], 'breaking [scenario:status code=404]')
  const { outcome, model } = await ask(both, 'after the break')

  expect(outcome).toEqual({ status: 'complete' })
  expect(model).toBe('broken-fallback')
  expect(calls('after the break')).toEqual(['broken-fallback'])
  expect((await ask([answering], 'alone')).outcome).toMatchObject({
    failure: { code: 'model_not_found' },
  })
})

test('a stop during the pause between two tries is obeyed at once', async () => {
  const { answering } = await modelsNamed('paused')
  const controller = new AbortController()
  const asked = ask([answering], 'stop the pause [scenario:status code=503]', controller.signal)
  await expect.poll(() => calls('stop the pause')).toHaveLength(1)
  controller.abort('stopped')

  expect((await asked).outcome).toEqual({ status: 'aborted' })
  expect(calls('stop the pause')).toHaveLength(1)
})

const timeouts = {
  PROVIDER_HEADERS_TIMEOUT_SECONDS: '0.2',
  PROVIDER_FIRST_TOKEN_TIMEOUT_SECONDS: '0.3',
  PROVIDER_STALL_TIMEOUT_SECONDS: '0.3',
}

test('a provider that falls silent in mid-answer is not mistaken for a stop', async () => {
  const { answering } = await modelsNamed('stalled', timeouts)
  const { outcome, text } = await ask([answering], '[scenario:stall delay=10]')

  expect(outcome).toMatchObject({ status: 'interrupted', failure: { code: 'timed_out' } })
  expect(text).not.toBe('')
})

test('a provider that sends no first token has timed out', async () => {
  const { answering } = await modelsNamed('speechless', timeouts)
  const { outcome } = await ask([answering], '[scenario:stall tokens=0]')
  expect(outcome).toMatchObject({ status: 'failed', failure: { code: 'timed_out' } })
})
