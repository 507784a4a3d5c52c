import { expect, test } from 'vitest'
import { type BranchMessage, buildContext, contextBudget, TOKENS_PER_MESSAGE } from './build-context.ts'

const prompt = {
  text: 'You are calm.',
  hash: 'abc',
  tokens: 10,
  fragments: [{ path: 'core/identity.md', hash: 'def', tokens: 10 }],
}

function user(id: string, tokens = 10): BranchMessage {
  return { id, role: 'user', tokens, text: `text of ${id}`, status: null }
}

function answer(id: string, tokens = 10, change: Partial<BranchMessage> = {}): BranchMessage {
  return { id, role: 'assistant', tokens, text: `text of ${id}`, status: 'complete', ...change }
}

const cost = 10 + TOKENS_PER_MESSAGE

test('a history that fits is sent whole, in order', () => {
  const branch = [user('u1'), answer('a1'), user('u2')]
  const context = buildContext({ prompt, branch, budget: 1000 })

  expect(context.instructions).toBe('You are calm.')
  expect(context.messages).toEqual([
    { role: 'user', content: 'text of u1' },
    { role: 'assistant', content: 'text of a1' },
    { role: 'user', content: 'text of u2' },
  ])
  expect(context.ledger).toMatchObject({ leftOut: [], totalTokens: 10 + 3 * cost, budget: 1000 })
})

test('the oldest are left out first, and named', () => {
  const branch = [user('u1'), answer('a1'), user('u2'), answer('a2'), user('u3')]
  const context = buildContext({ prompt, branch, budget: 10 + 3 * cost })

  expect(context.ledger.sent.map(({ messageId }) => messageId)).toEqual(['u2', 'a2', 'u3'])
  expect(context.ledger.leftOut).toEqual([
    { messageId: 'u1', tokens: 10, reason: 'over_budget' },
    { messageId: 'a1', tokens: 10, reason: 'over_budget' },
  ])
})

test('a budget of exactly the size is enough, one token less is not', () => {
  const branch = [user('u1'), answer('a1'), user('u2')]
  expect(buildContext({ prompt, branch, budget: 10 + 3 * cost }).ledger.leftOut).toEqual([])
  expect(buildContext({ prompt, branch, budget: 10 + 3 * cost - 1 }).ledger.sent).toHaveLength(1)
})

test('an answer is not sent without its question', () => {
  const branch = [user('u1', 500), answer('a1'), user('u2')]
  const context = buildContext({ prompt, branch, budget: 10 + 2 * cost })

  expect(context.messages).toEqual([{ role: 'user', content: 'text of u2' }])
  expect(context.ledger.leftOut.map(({ messageId }) => messageId)).toEqual(['u1', 'a1'])
  expect(context.ledger.totalTokens).toBe(10 + cost)
})

test('there is no hole in the history: once one does not fit, nothing older is sent', () => {
  const branch = [user('u1', 1), answer('a1', 500), user('u2'), answer('a2'), user('u3')]
  const context = buildContext({ prompt, branch, budget: 10 + 3 * cost + 20 })

  expect(context.ledger.sent.map(({ messageId }) => messageId)).toEqual(['u2', 'a2', 'u3'])
})

test('failed and empty answers are no history, and their reason is kept', () => {
  const branch = [
    user('u1'),
    answer('failed', 4, { status: 'failed' }),
    user('u2'),
    answer('empty', 0, { status: 'stopped', text: '' }),
    user('u3'),
    answer('stopped', 4, { status: 'stopped' }),
    user('u4'),
  ]
  const context = buildContext({ prompt, branch, budget: 1000 })

  expect(context.ledger.leftOut).toEqual([
    { messageId: 'failed', tokens: 4, reason: 'failed' },
    { messageId: 'empty', tokens: 0, reason: 'empty' },
  ])
  expect(context.ledger.sent.map(({ messageId }) => messageId)).toEqual(['u1', 'u2', 'u3', 'stopped', 'u4'])
})

test('the message to answer is sent even when it alone is over the budget', () => {
  const context = buildContext({
    prompt,
    branch: [user('u1'), answer('a1'), user('long', 9_000)],
    budget: 100,
  })
  expect(context.messages).toEqual([{ role: 'user', content: 'text of long' }])
})

test('every message is either sent or named as left out, for any budget', () => {
  const branch = Array.from({ length: 40 }, (_, n) =>
    n % 2 === 0
      ? user(`u${n}`, (n * 37) % 90)
      : answer(`a${n}`, (n * 53) % 120, n % 7 === 0 ? { status: 'failed' } : {}),
  )
  branch.push(user('last', 30))
  for (let budget = 0; budget < 3_000; budget += 13) {
    const { ledger } = buildContext({ prompt, branch, budget })
    const named = [...ledger.sent, ...ledger.leftOut].map(({ messageId }) => messageId)
    expect(named.toSorted()).toEqual(branch.map(({ id }) => id).toSorted())
    if (ledger.sent.length > 1) expect(ledger.totalTokens).toBeLessThanOrEqual(budget)
  }
})

test('the answer has room in the window', () => {
  expect(contextBudget(128_000, 8_000)).toBe(113_600)
})

test('an answer of blanks is as empty as none', () => {
  const branch = [user('u1'), answer('blank', 1, { status: 'stopped', text: '\n\n' }), user('u2')]
  expect(buildContext({ prompt, branch, budget: 1000 }).ledger.leftOut).toEqual([
    { messageId: 'blank', tokens: 1, reason: 'empty' },
  ])
})
