import { expect, test } from 'vitest'
import { buildContext, type ContextInput } from './build-context.ts'
import { contextBudget, halveBudget, messageLimit, TOKENS_PER_MESSAGE } from './context-budget.ts'
import type { BranchMessage, ContextHistory } from './context-history.ts'
import { countTokens } from './count-tokens.ts'
import { renderCut } from './render-context.ts'

const prompt = {
  text: 'You are calm.',
  hash: 'abc',
  tokens: 10,
  fragments: [{ path: 'core/identity.md', hash: 'def', tokens: 10 }],
}

function user(id: string, tokens = 10, change: Partial<BranchMessage> = {}): BranchMessage {
  return { id, role: 'user', tokens, text: `text of ${id}`, status: null, isCovered: false, ...change }
}

function answer(id: string, tokens = 10, change: Partial<BranchMessage> = {}): BranchMessage {
  return { ...user(id, tokens), role: 'assistant', status: 'complete', ...change }
}

function long(id: string, tokens: number): BranchMessage {
  return user(id, tokens, { text: ' word'.repeat(tokens) })
}

function build(
  messages: BranchMessage[],
  budget: number,
  change: Partial<ContextInput> & { history?: Partial<ContextHistory> } = {},
) {
  const history = { clearedThroughId: null, summary: null, unread: null, messages, ...change.history }
  return buildContext({ prompt, instructions: null, folder: null, budget, tokenRatio: 1, ...change, history })
}

const system = 10 + TOKENS_PER_MESSAGE
const cost = 10 + TOKENS_PER_MESSAGE

function ids(sent: { messageId: string }[]) {
  return sent.map(({ messageId }) => messageId)
}

test('a history that fits is sent whole, in order', () => {
  const context = build([user('u1'), answer('a1'), user('u2')], 1000)

  expect(context.instructions).toBe('You are calm.')
  expect(context.messages).toEqual([
    { role: 'user', content: 'text of u1' },
    { role: 'assistant', content: 'text of a1' },
    { role: 'user', content: 'text of u2' },
  ])
  expect(context.ledger).toMatchObject({
    ...{ leftOut: [], overBudget: null, totalTokens: system + 3 * cost, budget: 1000, tokenRatio: 1 },
  })
})

test('the oldest are left out first, and named', () => {
  const branch = [user('u1'), answer('a1'), user('u2'), answer('a2'), user('u3')]
  const { ledger } = build(branch, system + 3 * cost)

  expect(ids(ledger.sent)).toEqual(['u2', 'a2', 'u3'])
  expect(ledger.overBudget).toEqual({ fromId: 'u1', throughId: 'a1', messages: 2, tokens: 20 })
})

test('those that were not read for being too far back are named with them', () => {
  const branch = [user('u1'), answer('a1'), user('u2'), answer('a2'), user('u3')]
  const unread = { fromId: 'u-9', throughId: 'a0', messages: 500, tokens: 9_000 }

  expect(build(branch, 1000, { history: { unread } as ContextHistory }).ledger.overBudget).toEqual(unread)
  expect(
    build(branch, system + 3 * cost, { history: { unread } as ContextHistory }).ledger.overBudget,
  ).toEqual({ fromId: 'u-9', throughId: 'a1', messages: 502, tokens: 9_020 })
})

test('a budget of exactly the size is enough, one token less is not', () => {
  const branch = [user('u1'), answer('a1'), user('u2')]
  expect(build(branch, system + 3 * cost).ledger.overBudget).toBeNull()
  expect(build(branch, system + 3 * cost - 1).ledger.sent).toHaveLength(1)
})

test('a model that counts more has a smaller budget', () => {
  const branch = [user('u1'), answer('a1'), user('u2')]
  const exact = system + 3 * cost
  expect(build(branch, exact * 2, { tokenRatio: 2 }).ledger).toMatchObject({
    ...{ overBudget: null, budget: exact * 2, tokenRatio: 2, totalTokens: exact },
  })
  expect(build(branch, exact * 2 - 1, { tokenRatio: 2 }).ledger.sent).toHaveLength(1)
})

test('an answer is not sent without its question', () => {
  const { messages, ledger } = build([user('u1', 500), answer('a1'), user('u2')], system + 2 * cost)

  expect(messages).toEqual([{ role: 'user', content: 'text of u2' }])
  expect(ledger.overBudget).toEqual({ fromId: 'u1', throughId: 'a1', messages: 2, tokens: 510 })
  expect(ledger.totalTokens).toBe(system + cost)
})

test('what has no question for being too far back is named with what is', () => {
  const unread = { fromId: 'u1', throughId: 'u1', messages: 1, tokens: 500 }
  const { ledger } = build([answer('a1'), user('u2')], 1000, { history: { unread } as ContextHistory })
  expect(ledger).toMatchObject({ leftOut: [], overBudget: { fromId: 'u1', throughId: 'a1', messages: 2 } })

  const blank = user('u2', 1, { text: ' ' })
  const within = build([user('u1', 500), blank, answer('a2'), user('u3')], system + 2 * cost)
  expect(within.ledger).toMatchObject({
    leftOut: [],
    overBudget: { fromId: 'u1', throughId: 'a2', messages: 3, tokens: 511 },
  })
})

test('an answer whose question lies in the summary is named', () => {
  const messages = [user('u1', 10, { isCovered: true }), answer('a1'), user('u2'), answer('a2'), user('u3')]
  const { ledger } = build(messages, 1000)

  expect(ids(ledger.sent)).toEqual(['u2', 'a2', 'u3'])
  expect(ledger.leftOut).toEqual([{ messageId: 'a1', tokens: 10, reason: 'no_question' }])
})

test('there is no hole in the history: once one does not fit, nothing older is sent', () => {
  const branch = [user('u1', 1), answer('a1', 60), user('u2'), answer('a2'), user('u3')]
  expect(ids(build(branch, system + 3 * cost + 40).ledger.sent)).toEqual(['u2', 'a2', 'u3'])
})

test('failed and empty answers are no history, and their reason is kept', () => {
  const branch = [
    user('u1'),
    answer('failed', 4, { status: 'failed' }),
    user('u2'),
    answer('empty', 0, { status: 'stopped', text: '' }),
    user('u3'),
    answer('blank', 1, { status: 'stopped', text: '\n\n' }),
    user('u4'),
    answer('stopped', 4, { status: 'stopped' }),
    user('u5'),
  ]
  const { ledger } = build(branch, 1000)

  expect(ledger.leftOut).toEqual([
    { messageId: 'failed', tokens: 4, reason: 'failed' },
    { messageId: 'empty', tokens: 0, reason: 'empty' },
    { messageId: 'blank', tokens: 1, reason: 'empty' },
  ])
  expect(ids(ledger.sent)).toEqual(['u1', 'u2', 'u3', 'u4', 'stopped', 'u5'])
})

test('a message that is larger than the budget is cut in the middle, and the ledger says where', () => {
  const question = long('long', 9_000)
  const { messages, ledger } = build([question], 1000)

  const [sent] = ledger.sent
  expect(messages).toEqual([{ role: 'user', content: renderCut(question.text, sent?.cutEnds) }])
  expect(messages[0]?.content).toMatch(
    /^ word word.*word\n\n\[… [\d,]+ characters were left out here.*word$/s,
  )
  expect(sent?.cutTo).toBe(countTokens(messages[0]?.content ?? ''))
  expect(sent?.cutTo).toBeLessThanOrEqual(messageLimit(1000))
  expect(ledger.totalTokens).toBeLessThanOrEqual(1000)
})

test('a long message is cut alike when it is asked and when it is history', () => {
  const question = long('long', 9_000)
  const asked = build([question], 1000).messages[0]
  const later = build([question, answer('a1'), user('u2')], 1000).messages
  expect(later).toHaveLength(3)
  expect(later[0]).toEqual(asked)
})

test('instructions and summary follow the prompt, with what they take', () => {
  const instructions = { text: '# Me', hash: 'mine', tokens: 5 }
  const summary = { id: 's', version: 3, throughMessageId: 'a0', text: 'They met.', tokens: 4 }
  const context = build([user('u1')], 1000, { instructions, history: { summary } as ContextHistory })

  expect(context.instructions).toMatch(/^You are calm\.\n\n# Me\n\n.*<summary>\nThey met\.\n<\/summary>$/s)
  const { ledger } = context
  // Joined, they may take a token less than each for itself.
  const summaryTokens = countTokens(context.instructions) - countTokens('You are calm.\n\n# Me')
  expect(ledger.instructions).toEqual({ hash: 'mine', tokens: 6 })
  expect(ledger.summary).toEqual({
    ...{ id: 's', version: 3, throughMessageId: 'a0' },
    tokens: summaryTokens + 1,
  })
  expect(ledger.totalTokens).toBe(system + 6 + (ledger.summary?.tokens ?? 0) + cost)
})

test('what was written for a large model is cut for a small one, so that the question fits', () => {
  const instructions = { text: ' me'.repeat(3000), hash: 'mine', tokens: 3000 }
  const summary = { id: 's', version: 1, throughMessageId: 'a0', text: ' then'.repeat(3000), tokens: 3000 }
  const { ledger } = build([long('u1', 3000)], 1500, { instructions, history: { summary } as ContextHistory })

  expect(ledger.totalTokens).toBeLessThanOrEqual(1500)
  expect(ledger.totalTokens).toBeGreaterThan(1300)
  expect(ledger.instructions?.cutEnds).toBeDefined()
  expect(ledger.summary?.cutEnds).toBeDefined()
  expect(ledger.sent[0]?.cutTo).toBeGreaterThan(250)
})

test('an answer is gone on with together with its question, also when both lie before a clear', () => {
  const messages = [
    user('u1', 10, { isCovered: true }),
    answer('a1', 10, { isCovered: true, status: 'stopped' }),
  ]
  const continuation = { text: 'Go on.', hash: 'go', tokens: 3 }
  const context = build(messages, 1000, {
    ...{ continuation, history: { clearedThroughId: 'a1' } as ContextHistory },
  })

  expect(context.messages.map(({ content }) => content)).toEqual(['text of u1', 'text of a1', 'Go on.'])
  expect(context.ledger).toMatchObject({
    clearedThroughId: 'a1',
    continuation: { hash: 'go', tokens: 3 },
    totalTokens: system + 2 * cost + 3 + TOKENS_PER_MESSAGE,
  })
})

test('the answer has room in the window', () => {
  expect(contextBudget(128_000, 8_000)).toBe(113_600)
})

test('half of a budget is half of what was sent, as the model counts', () => {
  const { ledger } = build([user('u1')], 10_000, { tokenRatio: 2 })
  expect(halveBudget(ledger)).toBe(system + cost)
})
