import { beforeEach, expect, test, vi } from 'vitest'
import type { Context } from '#lib/chat/build-context.ts'
import type { ChatModel } from '#lib/providers/resolve-models.ts'
import { mostItCanCost } from './turn-setting.ts'

vi.mock('#lib/db/token-ratios.ts', () => ({ readTokenSums: () => Promise.resolve([]) }))

const free = { input: 0, cachedInput: 0, output: 0 }
const model = (name: string, price: ChatModel['price']) =>
  ({ label: { provider: 'openai', model: name }, maxOutputTokens: 100, price }) as ChatModel
const context = { ledger: { totalTokens: 1_000, tokenRatio: 1 } } as Context

beforeEach(() => {
  delete (globalThis as { stoaTokenSums?: unknown }).stoaTokenSums
})

test('what is held is enough for whichever model answers, each as it counts', () => {
  const main = model('gpt-4o', { ...free, input: 1, output: 2 })
  expect(mostItCanCost([main], context)).toBe(1_200)
  // A model whose tokenizer is not known is taken to count a quarter more.
  expect(mostItCanCost([main, model('other', { ...free, input: 1, output: 2 })], context)).toBe(1_450)
})

test('what may cost something is never held as nothing', () => {
  expect(mostItCanCost([model('gpt-4o', free)], context)).toBe(0)
  expect(mostItCanCost([model('gpt-4o', free), model('other', null)], context)).toBe(1)
})
