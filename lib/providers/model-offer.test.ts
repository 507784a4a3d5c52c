import { afterEach, beforeEach, expect, test, vi } from 'vitest'
import { parseEnv } from '#lib/env.ts'
import { ModelOffer } from './model-offer.ts'
import { type ChatModel, resolveModels } from './resolve-models.ts'

beforeEach(() => void vi.useFakeTimers({ toFake: ['performance'] }))
afterEach(() => void vi.useRealTimers())

const { answering } = await resolveModels(parseEnv({ OPENAI_API_KEY: 'sk-test', OPENAI_MODEL: 'usual' }))

function model(name: string): ChatModel {
  return { ...answering, label: { provider: 'openai', model: name, isAiModel: true } }
}

const [usual, utility] = [model('usual'), model('utility')]

function offerOf(list: () => Promise<string[]>, onFault = vi.fn()) {
  return new ModelOffer([usual, utility], [{ provider: 'openai', model, list }], onFault)
}

function namesOf(offer: ModelOffer): string[] {
  return offer.known().map(({ label }) => label.model)
}

test('what the configuration names comes first, then what the provider lists', async () => {
  const offer = offerOf(async () => ['another', 'usual', 'utility'])
  expect(namesOf(offer)).toEqual(['usual', 'utility'])
  expect(offer.isWhole).toBe(false)
  await offer.settled(1000)
  expect(namesOf(offer)).toEqual(['usual', 'utility', 'another'])
  expect(offer.isWhole).toBe(true)
  expect(offer.find('openai:usual')).toBe(usual)
  expect(offer.find('openai:none')).toBeUndefined()
})

test('the list is kept for an hour, and the models that stay in it are the same', async () => {
  const lists = [['one', 'two'], ['two']]
  const list = vi.fn(async () => lists.shift() ?? [])
  const offer = offerOf(list)
  await offer.settled(1000)
  const two = offer.find('openai:two')
  vi.advanceTimersByTime(59 * 60_000)
  offer.known()
  expect(list).toHaveBeenCalledTimes(1)
  vi.advanceTimersByTime(2 * 60_000)
  expect(namesOf(offer), 'until the new list is there').toContain('one')
  await offer.settled(1000)
  expect(namesOf(offer)).toEqual(['usual', 'utility', 'two'])
  expect(offer.find('openai:two')).toBe(two)
})

test('a list that cannot be had leaves what is known, is told, and is asked for again after a minute', async () => {
  const answers: (string[] | Error)[] = [['one'], new Error('down'), ['two']]
  const onFault = vi.fn()
  const offer = offerOf(async () => {
    const next = answers.shift()
    if (next instanceof Error) throw next
    return next ?? []
  }, onFault)
  await offer.settled(1000)
  vi.advanceTimersByTime(61 * 60_000)
  await offer.settled(1000)
  offer.known()
  expect(namesOf(offer)).toContain('one')
  expect(onFault).toHaveBeenCalledExactlyOnceWith('openai', new Error('down'))
  vi.advanceTimersByTime(61_000)
  offer.known()
  await vi.waitFor(() => expect(namesOf(offer)).toContain('two'))
})

test('nobody waits longer than they said for a list that does not come', async () => {
  const offer = offerOf(() => new Promise(() => undefined))
  await offer.settled(20)
  expect(namesOf(offer)).toEqual(['usual', 'utility'])
})

test('a provider that could not tell is waited for once only', async () => {
  const { promise } = Promise.withResolvers<string[]>()
  const list = vi
    .fn<() => Promise<string[]>>()
    .mockRejectedValueOnce(new Error('down'))
    .mockReturnValue(promise)
  const offer = offerOf(list)
  await offer.settled(60_000)
  vi.advanceTimersByTime(61_000)
  await offer.settled(60_000)
  expect(list).toHaveBeenCalledTimes(2)
  expect(offer.isWhole).toBe(false)
})

test('a model that was chosen before is trusted until its provider has told which it has', async () => {
  const { promise, resolve } = Promise.withResolvers<string[]>()
  const offer = offerOf(() => promise)
  expect(offer.find('openai:stored')).toBeUndefined()
  expect(offer.findTrusted('openai:stored')?.label.model).toBe('stored')
  expect(offer.findTrusted('openai:stored')).toBe(offer.findTrusted('openai:stored'))
  expect(offer.findTrusted('anthropic:stored'), 'of a provider that is not configured').toBeUndefined()
  resolve(['another'])
  await offer.settled(1000)
  expect(offer.findTrusted('openai:stored')).toBeUndefined()
})

test('without providers’ lists only what is named is on offer', async () => {
  const offer = new ModelOffer([usual])
  await offer.settled(1000)
  expect([offer.isWhole, namesOf(offer), offer.findTrusted('openai:stored')]).toEqual([
    ...[true, ['usual'], undefined],
  ])
})
