import { describe, expect, it } from 'vitest'
import { emptyLedger } from './imported-conversation.ts'
import { readImported } from './read-imported.ts'

const time = '2026-11-01T10:00:00.000Z'
const generation = {
  ...{ id: 'g1', status: 'streaming', errorCode: null, provider: 'openai', model: 'big', fallbackFrom: null },
  ...{ persona: 'stoic', intensity: 'medium', promptHash: '', ledger: emptyLedger, calls: [] },
  ...{ inputTokens: 3, outputTokens: 4, cachedInputTokens: null, reasoningTokens: null },
  ...{ timeToFirstTokenMs: 5, latencyMs: 6, cost: 7, startedAt: time, finishedAt: null },
}
const question = {
  id: 'q',
  parentId: null,
  role: 'user',
  text: '?',
  createdAt: time,
  clearedAt: null,
  generations: [],
}
const answer = {
  ...question,
  id: 'a',
  parentId: 'q',
  role: 'assistant',
  text: '!',
  generations: [generation],
}
const own = {
  ...{ id: 'c', title: 'Courage', titleSource: 'generated', persona: 'stoic', intensity: null, model: null },
  ...{ activeLeafId: 'a', createdAt: time, lastActivityAt: time, pinnedAt: time, archivedAt: null },
  ...{ deletedAt: null, temporary: false, somethingNew: 1, summaries: [], messages: [answer, question] },
}

describe('of our own JSON', () => {
  it('takes all, whatever order the messages have; what was being written was interrupted', () => {
    expect(readImported(own)).toMatchObject({
      conversation: {
        ...{ source: 'stoa', titleSource: 'generated', pinnedAt: time, leftOut: {} },
        messages: [{ id: 'q' }, { id: 'a', generations: [{ status: 'interrupted', cost: 7 }] }],
      },
    })
  })

  it('leaves out what was deleted, with what goes with it, and a ledger that is none', () => {
    const gone = { ...question, id: 'g', deletedAt: time }
    const summary = {
      ...{ id: 's', version: 1, throughMessageId: 'g', startsAfterId: null, text: 'x', author: 'model' },
      ...{ basedOnId: null, restoredFromId: null, fromMessageId: null, foldedMessages: 0 },
      ...{ provider: null, model: null, createdAt: time },
    }
    const odd = { ...answer, generations: [{ ...generation, ledger: { sent: 7 } }] }
    expect(
      readImported({ ...own, activeLeafId: 'g', messages: [question, odd, gone], summaries: [summary] }),
    ).toMatchObject({
      conversation: {
        activeLeafId: 'a',
        summaries: [],
        messages: [{ id: 'q' }, { generations: [{ ledger: emptyLedger }] }],
        leftOut: { deleted: 1, summaries: 1, ledgers: 1 },
      },
    })
  })

  it.each([
    ['deleted', { ...own, deletedAt: time }],
    ['deleted', { ...own, temporary: true }],
    ['empty', { ...own, messages: [] }],
    ['unreadable', { ...own, title: 7 }],
    ['unreadable', { ...own, createdAt: 'yesterday' }],
    ['unreadable', { ...own, messages: [question, { ...answer, parentId: 'gone' }] }],
    ['unreadable', { ...own, messages: [question, { ...answer, parentId: 'a' }] }],
    ['unreadable', { ...own, messages: [question, question] }],
    ['unreadable', { ...own, messages: [question, { ...answer, generations: [] }] }],
  ])('says that it is %s', (reason, given) => {
    expect(readImported(given)).toMatchObject({ conversation: null, reason })
  })
})

describe('of others', () => {
  it.each([
    [
      'chatgpt',
      {
        id: 'x',
        mapping: { q: { parent: null, message: { author: { role: 'user' }, content: { parts: ['?'] } } } },
      },
    ],
    ['claude', { uuid: 'x', chat_messages: [{ uuid: 'q', sender: 'human', text: '?' }] }],
  ])('knows %s by what is in it', (source, given) => {
    expect(readImported(given)).toMatchObject({ conversation: { source } })
  })

  it.each([
    ['empty', { uuid: 'x', name: 'Nothing', chat_messages: [] }, 'Nothing'],
    ['unreadable', { title: 'Broken', mapping: 7 }, 'Broken'],
  ])('says that it is %s, and names it', (reason, given, title) => {
    expect(readImported(given)).toEqual({ conversation: null, reason, title })
  })

  it.each([[null], [7], ['x'], [[]], [{}], [{ uuid: 'x', full_name: 'A user' }]])('%j is none', (given) => {
    expect(readImported(given)).toBeNull()
  })
})
