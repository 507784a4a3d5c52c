import { describe, expect, it, vi } from 'vitest'
import type { ConversationWithMessages } from '#lib/chat/types.ts'
import { RequestError } from './chat-api.ts'
import { type Setup, sentId, settle, setUp, texts, unreachable } from './testing/conversation-set-up.ts'
import { answer, ended, piece, question, ScriptedStream, started, stored } from './testing/scripted-api.ts'

const [q1, a1, q2, a2] = [
  question('q1'),
  answer('a1', 'q1'),
  question('q2', 'a1'),
  answer('a2', 'q2', { id: 'g2' }),
]
const twoTurns = () => stored(q1, a1, q2, a2)

/** A conversation that is open on a page. */
function show(seed: ConversationWithMessages): Setup {
  const setup = setUp(seed)
  setup.store.open(true)
  return setup
}

/** The id that the last request made for its answer or its run. */
function madeId(request: object | undefined, name: 'answerId' | 'generationId'): string {
  const id = request && Object.entries(request).find(([key]) => key === name)?.[1]
  if (typeof id !== 'string') throw new Error(`No ${name} was sent.`)
  return id
}

describe('another answer', () => {
  it('takes the place of the one before and of what followed, and is counted as its sibling', async () => {
    const { store, api } = show(twoTurns())
    const stream = new ScriptedStream()
    api.sendReplies = [stream]
    store.branches.regenerate('q1', { persona: 'tutor', intensity: 'high', model: 'openai:big' })
    expect(store.transcript.ids.get()).toEqual(['q1'])
    await settle()
    const answerId = madeId(api.sent[0], 'answerId')
    expect(api.sent).toEqual([
      {
        ...{ conversationId: 'c1', parentId: 'q1', answerId },
        ...{ persona: 'tutor', intensity: 'high', model: 'openai:big' },
      },
    ])
    stream.push(started(answerId, 'q1'), piece('', 'Better'))
    await settle()
    expect(store.transcript.ids.get()).toEqual(['q1', answerId])
    expect(store.transcript.last()).toMatchObject({ siblingIds: ['a1', answerId], text: 'Better' })
    expect(store.state.get()).toMatchObject({ persona: 'tutor', intensity: 'high' })
  })

  it('goes on from what was stored, where a server was killed that had shown more', async () => {
    const interrupted = answer('a1', 'q1', { status: 'interrupted', text: 'one two' })
    const { store, api } = show(stored(q1, interrupted))
    const stream = new ScriptedStream()
    api.sendReplies = [stream]
    store.continueAnswer()
    await settle()
    stream.push(started('a1', 'q1'), piece('', 'one '), piece('one ', 'second'), ended()).close()
    await settle()
    expect(texts(store).at(-1)).toBe('one second')
  })

  it('that could not be asked for leaves everything as it was', async () => {
    const { store, api } = show(twoTurns())
    api.sendReplies = [unreachable]
    store.branches.regenerate('q1', { persona: 'tutor' })
    await settle()
    expect(store.transcript.ids.get()).toEqual(['q1', 'a1', 'q2', 'a2'])
    expect(store.transcript.find('a1')?.siblingIds).toEqual(['a1'])
    expect(store.state.get()).toMatchObject({
      phase: 'idle',
      persona: 'stoic',
      notice: { code: 'unreachable' },
    })
  })

  it('goes under the same id only when the same is asked for', async () => {
    const { store, api } = show(twoTurns())
    api.sendReplies = [unreachable]
    for (const persona of ['tutor', 'tutor', 'casual']) {
      store.branches.regenerate('q1', { persona })
      await settle()
    }
    expect(api.sent[1]).toEqual(api.sent[0])
    expect(madeId(api.sent[2], 'answerId')).not.toBe(madeId(api.sent[0], 'answerId'))
  })

  it('is not asked for while one runs', async () => {
    const { store, api } = show(twoTurns())
    api.sendReplies = [new ScriptedStream()]
    store.branches.regenerate('q2', {})
    store.branches.regenerate('q1', {})
    await settle()
    expect(api.sent).toHaveLength(1)
  })
})

describe('an edited question', () => {
  it('is a sibling with an answer of its own', async () => {
    const { store, api } = show(twoTurns())
    const stream = new ScriptedStream()
    api.sendReplies = [stream]
    store.branches.startEditing('q2')
    store.branches.sendEdited('Put better')
    await settle()
    expect(api.sent).toMatchObject([{ parentId: 'a1', message: { text: 'Put better' } }])
    stream.push(started('a3', sentId(api)), piece('', 'An answer'), ended()).close()
    await settle()
    expect(texts(store)).toEqual(['text of q1', 'text of a1', 'Put better', 'An answer'])
    expect(store.transcript.find(sentId(api))?.siblingIds).toEqual(['q2', sentId(api)])
    expect(store.branches.editing.get()).toBeNull()
  })

  it('keeps its text until the person discards it', () => {
    const { store } = show(twoTurns())
    store.branches.startEditing('q2')
    store.branches.keepEditedText('q2', 'half a th')
    expect(store.branches.editedText('q2')).toBe('half a th')
    store.branches.stopEditing()
    expect(store.branches.editedText('q2')).toBeNull()
  })

  it('that the server refuses is back in its editor', async () => {
    const { store, api } = show(twoTurns())
    api.sendReplies = [new RequestError('message_too_long', 'Too long.')]
    api.readReplies = [twoTurns()]
    store.branches.startEditing('q2')
    store.branches.sendEdited('Much too long')
    await settle()
    expect(store.transcript.ids.get()).toEqual(['q1', 'a1', 'q2', 'a2'])
    expect(store.branches.editing.get()).toBe('q2')
    expect(store.branches.editedText('q2')).toBe('Much too long')
    expect(store.state.get().notice?.code).toBe('message_too_long')
  })
})

describe('continuing', () => {
  const stopped = () => stored(q1, answer('a1', 'q1', { status: 'stopped', text: 'one ' }))

  it('grows the answer in place', async () => {
    const { store, api } = show(stopped())
    const stream = new ScriptedStream()
    api.sendReplies = [stream]
    store.continueAnswer()
    store.continueAnswer()
    expect(store.transcript.last()).toMatchObject({ text: 'one ', generation: { status: 'streaming' } })
    await settle()
    const generationId = madeId(api.sent[0], 'generationId')
    expect(api.sent).toEqual([{ conversationId: 'c1', answerId: 'a1', generationId }])
    stream.push(started('a1', 'q1'), piece('', 'one '), piece('one ', 'two'), ended()).close()
    await settle()
    expect(texts(store)).toEqual(['text of q1', 'one two'])
    expect(store.transcript.last()).toMatchObject({
      siblingIds: ['a1'],
      generation: { status: 'complete' },
    })
    expect(store.state.get().phase).toBe('idle')
  })

  it('goes on where it was when the connection breaks', async () => {
    const { store, api } = show(stopped())
    const [stream, rest] = [new ScriptedStream(), new ScriptedStream()]
    api.sendReplies = [stream]
    api.followReplies = [rest]
    store.continueAnswer()
    await settle()
    stream.push(started('a1', 'q1'), piece('', 'one '), piece('one ', 'two ')).close()
    await settle()
    expect(api.followed).toEqual(['one two '.length])
    rest.push(started('a1', 'q1'), piece('one two ', 'three'), ended()).close()
    await settle()
    expect(texts(store).at(-1)).toBe('one two three')
  })

  it('that could not be asked for leaves the answer as it ended, and is asked for again under the same id', async () => {
    const { store, api } = show(stopped())
    api.sendReplies = [unreachable]
    store.continueAnswer()
    await settle()
    expect(store.transcript.last()).toMatchObject({ text: 'one ', generation: { status: 'stopped' } })
    store.continueAnswer()
    await settle()
    expect(api.sent[1]).toEqual(api.sent[0])
  })
})

describe('opening a branch', () => {
  const other = () => stored(q1, a1, { ...question('q3', 'a1'), siblingIds: ['q2', 'q3'] })

  it('shows what the server has on it', async () => {
    const { store, api } = show(twoTurns())
    api.treeReplies = [other()]
    expect(await store.branches.open('q3')).toBe(true)
    expect(api.treeCalls).toEqual(['openBranch q3'])
    expect(store.transcript.ids.get()).toEqual(['q1', 'a1', 'q3'])
  })

  it('says which version is shown, and of how many', async () => {
    const { store, api } = show(twoTurns())
    api.treeReplies = [other(), unreachable]
    expect(await store.branches.openVersion('q3')).toBe('Version 2 of 2.')
    expect(await store.branches.openVersion('q2')).toBeNull()
  })

  it('happens once at a time, and not while an answer runs', async () => {
    const { store, api } = show(twoTurns())
    api.treeReplies = [other()]
    const opening = store.branches.open('q3')
    expect(await store.branches.open('q4')).toBe(false)
    await opening
    api.sendReplies = [new ScriptedStream()]
    store.branches.regenerate('q1', {})
    expect(await store.branches.open('q2')).toBe(false)
    expect(api.treeCalls).toEqual(['openBranch q3'])
  })

  it('says when it could not', async () => {
    const { store, api } = show(twoTurns())
    api.treeReplies = [unreachable]
    expect(await store.branches.open('q3')).toBe(false)
    expect(store.transcript.ids.get()).toEqual(['q1', 'a1', 'q2', 'a2'])
    expect(store.state.get().notice?.code).toBe('unreachable')
  })

  it('of an address whose message is gone says only that', async () => {
    const { store, api } = show(twoTurns())
    api.treeReplies = [new RequestError('not_found', 'Not there.')]
    expect(await store.branches.openAddress('q9')).toBe(false)
    expect(store.branches.notice.get()).toEqual({ kind: 'gone' })
    expect(store.state.get()).toMatchObject({ load: 'ready', notice: null })
  })

  it('does not undo what was begun meanwhile', async () => {
    const { store, api } = show(twoTurns())
    api.treeReplies = [other()]
    api.sendReplies = [new ScriptedStream()]
    const opening = store.branches.open('q3')
    store.send('Hello')
    await opening
    expect(store.transcript.ids.get()).toEqual(['q1', 'a1', 'q2', 'a2'])
  })
})

describe('deleting', () => {
  it('can be undone until something else is sent', async () => {
    const { store, api } = show(twoTurns())
    api.countReplies = [{ messageCount: 2 }]
    api.treeReplies = [stored(q1, a1), twoTurns(), stored(q1, a1)]
    expect(await store.branches.count('q2')).toBe(2)
    await store.branches.remove('q2', 2)
    expect(store.transcript.ids.get()).toEqual(['q1', 'a1'])
    expect(store.branches.notice.get()).toEqual({ kind: 'deleted', messageId: 'q2', count: 2 })
    expect(await store.branches.undo()).toBe('q2')
    expect(store.transcript.ids.get()).toEqual(['q1', 'a1', 'q2', 'a2'])
    expect(store.branches.notice.get()).toBeNull()

    await store.branches.remove('q2', 2)
    api.sendReplies = [new ScriptedStream()]
    store.send('Hello')
    expect(store.branches.notice.get()).toBeNull()
    expect(await store.branches.undo()).toBeNull()
  })

  it('everything leaves an empty conversation that goes on', async () => {
    const { store, api } = show(twoTurns())
    api.treeReplies = [stored()]
    await store.branches.remove('q1', 4)
    expect(store.transcript.ids.get()).toEqual([])
    expect(store.state.get()).toMatchObject({ load: 'ready', conversation: { activeLeafId: null } })
    api.sendReplies = [new ScriptedStream()]
    store.send('Hello')
    await settle()
    expect(api.sent).toMatchObject([{ conversationId: 'c1', parentId: null }])
  })

  it('an answer lets another one be asked for, and the next message take the place of its question', async () => {
    const { store, api } = show(stored(q1, a1, q2))
    api.sendReplies = [unreachable]
    store.branches.regenerate('q2', {})
    await settle()
    expect(api.sent[0]).toMatchObject({ parentId: 'q2' })
    const stream = new ScriptedStream()
    api.sendReplies = [stream]
    store.send('Hello')
    await settle()
    expect(api.sent[1]).toMatchObject({ parentId: 'a1', message: { text: 'Hello' } })
    stream.push(started('a3', sentId(api, 1)))
    await settle()
    expect(store.transcript.find(sentId(api, 1))?.siblingIds).toEqual(['q2', sentId(api, 1)])
  })

  it('cannot be undone while an answer runs, and that is said', async () => {
    const { store, api } = show(twoTurns())
    api.treeReplies = [stored(q1, a1), twoTurns()]
    await store.branches.remove('q2', 2)
    const running = stored(q1, answer('a1', 'q1', { status: 'streaming' }))
    api.readReplies = [running, stored(q1, a1)]
    api.followReplies = [new ScriptedStream()]
    await store.refresh()
    expect(await store.branches.undo()).toBeNull()
    expect(store.state.get().notice).toMatchObject({ code: 'generation_running' })
    expect(store.state.get().notice?.message).toContain('then undo')
    expect(store.branches.notice.get()).toMatchObject({ kind: 'deleted' })

    await store.refresh()
    expect(store.state.get().notice).toBeNull()
    expect(await store.branches.undo()).toBe('q2')
  })

  it('that the server refuses is thrown to whoever asks', async () => {
    const { store, api } = show(twoTurns())
    api.treeReplies = [unreachable]
    await expect(store.branches.remove('q2', 2)).rejects.toBe(unreachable)
    expect(store.branches.notice.get()).toBeNull()
  })
})

it.each([
  ['another branch', 'q3', stored(q1, a1, question('q3', 'a1'))],
  ['the end deleted', 'a1', stored(q1, a1)],
  ['everything deleted', null, stored()],
])('reads %s that another tab brought about', async (_what, activeLeafId, now) => {
  const { store, api } = show(twoTurns())
  api.readReplies = [now]
  store.onEvent({ ...twoTurns().conversation, title: 'Another', deleted: false, activeLeafId })
  await settle()
  expect(store.transcript.ids.get()).toEqual(now.messages.map(({ id }) => id))
})

it('reads again when it is told of another branch while a reading is under way', async () => {
  const { store, api } = show(twoTurns())
  const slow = Promise.withResolvers<ConversationWithMessages>()
  vi.spyOn(api, 'read').mockReturnValueOnce(slow.promise)
  void store.refresh()
  api.readReplies = [stored(q1, a1)]
  store.onEvent({ ...twoTurns().conversation, deleted: false, activeLeafId: 'a1' })
  slow.resolve(twoTurns())
  await settle()
  expect(store.transcript.ids.get()).toEqual(['q1', 'a1'])
})
