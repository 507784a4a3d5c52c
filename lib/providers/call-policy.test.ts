import { afterEach, beforeEach, expect, test, vi } from 'vitest'
import type { GenerationErrorCode } from '#lib/chat/generation-errors.ts'
import { callPolicy } from './call-policy.ts'
import { ProviderFailure } from './provider-failure.ts'

beforeEach(() => vi.useFakeTimers({ toFake: ['Date'], now: 1_000_000 }))
afterEach(() => vi.useRealTimers())

/** A model that does as it is told, and how often it was asked. */
function modelNamed(name: string) {
  let calls = 0
  const ask = (code: GenerationErrorCode | null) =>
    callPolicy('test', name)
      .execute(async () => {
        calls++
        if (code) throw new ProviderFailure(code, null)
        return 'answered'
      })
      .catch((error: unknown) => ProviderFailure.from(error).code)
  return { ask, calls: () => calls }
}

test('a model that failed five times is left alone for 30 s, then asked once; an answer closes the circuit', async () => {
  const model = modelNamed('recovers')
  for (let count = 0; count < 5; count++) expect(await model.ask('model_not_found')).toBe('model_not_found')
  vi.setSystemTime(1_029_000)
  expect(await model.ask(null)).toBe('model_not_found')
  expect(model.calls()).toBe(5)

  vi.setSystemTime(1_031_000)
  expect(await model.ask(null)).toBe('answered')
  expect(await model.ask(null)).toBe('answered')
  expect(model.calls()).toBe(7)
})

test('when the one that was let through fails, it is left alone for another 30 s', async () => {
  const model = modelNamed('stays-broken')
  for (let count = 0; count < 5; count++) await model.ask('model_not_found')
  vi.setSystemTime(1_031_000)
  expect(await model.ask('model_not_found')).toBe('model_not_found')
  vi.setSystemTime(1_060_000)
  expect(await model.ask(null)).toBe('model_not_found')
  expect(model.calls()).toBe(6)
  vi.setSystemTime(1_062_000)
  expect(await model.ask(null)).toBe('answered')
})

test('failures that are no fault of the model, and answers in between, keep the circuit closed', async () => {
  const model = modelNamed('asked-wrongly')
  for (let count = 0; count < 8; count++) await model.ask('content_filtered')
  for (let count = 0; count < 4; count++) await model.ask('model_not_found')
  await model.ask(null)
  for (let count = 0; count < 4; count++) await model.ask('model_not_found')
  expect(await model.ask(null)).toBe('answered')
})

test('while one is on trial the others fail at once', async () => {
  const model = modelNamed('on-trial')
  for (let count = 0; count < 5; count++) await model.ask('quota_exhausted')
  vi.setSystemTime(1_031_000)
  const trial = Promise.withResolvers<string>()
  const first = callPolicy('test', 'on-trial').execute(() => trial.promise)
  expect(await model.ask(null)).toBe('quota_exhausted')
  trial.resolve('answered')
  expect(await first).toBe('answered')
  expect(await model.ask(null)).toBe('answered')
})

test('empty answers leave the circuit closed', async () => {
  const model = modelNamed('asked-oddly')
  for (let count = 0; count < 8; count++) await model.ask('empty_answer')
  expect(await model.ask(null)).toBe('answered')
})
