import { describe, expect, it, vi } from 'vitest'
import type { ConversationWithMessages } from '#lib/chat/types.ts'
import { RequestError } from './chat-api.ts'
import { sendFirst, sentId, settle, setUp, texts, unreachable } from './testing/conversation-set-up.ts'
import { answer, ended, piece, question, ScriptedStream, started, stored } from './testing/scripted-api.ts'

describe('sending', () => {
  it('shows the message at once, then the answer as it comes, then its end', async () => {
    const setup = setUp()
    const { store, api, onStarted, onEnded } = setup
    const stream = new ScriptedStream()
    api.sendReplies = [stream]
    store.send('Hello')
    expect(store.outbox.unsent.get()?.request.message.text).toBe('Hello')
    expect(store.state.get().phase).toBe('sending')
    await settle()
    stream.push(started('a1', sentId(api)), piece('', 'Good '))
    await settle()
    expect(texts(store)).toEqual(['Hello', 'Good '])
    expect(store.state.get()).toMatchObject({
      phase: 'streaming',
      load: 'ready',
      conversation: { title: 'Hello' },
    })
    expect(onStarted).toHaveBeenCalledTimes(1)
    stream.push(piece('Good ', 'day'), ended({ outputTokens: 2 })).close()
    await settle()
    expect(texts(store)).toEqual(['Hello', 'Good day'])
    expect(store.transcript.last()).toMatchObject({ generation: { status: 'complete', outputTokens: 2 } })
    expect(store.state.get()).toMatchObject({ phase: 'idle', conversation: { running: false } })
    expect(onEnded).toHaveBeenCalledTimes(1)
  })

  it('draws only the answer anew while it grows', async () => {
    const setup = setUp()
    const { store } = setup
    const stream = await sendFirst(setup)
    const onState = vi.fn()
    store.state.subscribe(onState)
    for (const [index, word] of ['one ', 'two ', 'three '].entries()) {
      stream.push(piece('one two '.slice(0, index * 4), word))
      await settle()
    }
    expect(texts(store)).toEqual(['Hello', 'one two three '])
    expect(onState).not.toHaveBeenCalled()
  })

  it('sends nothing while an answer runs', async () => {
    const setup = setUp()
    await sendFirst(setup)
    expect(setup.store.send('And another')).toBe(false)
    expect(setup.api.sent).toHaveLength(1)
  })
})

describe('a connection that breaks', () => {
  it('goes on where it was, without a gap or a repeat', async () => {
    const setup = setUp()
    const { store, api, waits } = setup
    const stream = await sendFirst(setup)
    const rest = new ScriptedStream()
    api.followReplies = [rest]
    stream.push(piece('', 'one two ')).close()
    await settle()
    expect(api.followed).toEqual([8])
    expect(waits).toEqual([0])
    rest.push(started('a1', sentId(api)), { type: 'text', delta: 'two three', end: 13 }, ended()).close()
    await settle()
    expect(texts(store)).toEqual(['Hello', 'one two three'])
    expect(store.state.get().phase).toBe('idle')
  })

  it('is said when it cannot be restored at once, and waits longer each time', async () => {
    const setup = setUp()
    const { store, api, waits } = setup
    const stream = await sendFirst(setup)
    const rest = new ScriptedStream()
    api.followReplies = [unreachable, unreachable, unreachable, rest]
    stream.close()
    await settle()
    await settle()
    expect(waits).toEqual([0, 500, 1000, 2000])
    expect(store.state.get().isReconnecting).toBe(true)
    rest.push(started('a1', sentId(api)))
    await settle()
    expect(store.state.get().isReconnecting).toBe(false)
  })

  it('does not end with a page that cannot reach the server when it opens', async () => {
    const { store, api, waits } = setUp(
      stored(question('q1'), answer('a1', 'q1', { status: 'streaming', text: 'one ' })),
    )
    const rest = new ScriptedStream()
    api.followReplies = [unreachable, unreachable, rest]
    store.open(true)
    await settle()
    expect(waits).toEqual([0, 500])
    expect(store.state.get()).toMatchObject({ phase: 'streaming', notice: null, isReconnecting: true })
    rest.push(started('a1', 'q1'), { type: 'text', delta: 'two', end: 7 }, ended()).close()
    await settle()
    expect(texts(store).at(-1)).toBe('one two')
  })

  it('reads again when the answer was continued elsewhere, from fewer words than it has', async () => {
    const running = (text: string, id: string) =>
      stored(question('q1'), answer('a1', 'q1', { status: 'streaming', text, id }))
    const beginning = started('a1', 'q1', 'c1', { id: 'g2' })
    const { store, api } = setUp(running('one two', 'g1'))
    const [other, rest] = [new ScriptedStream(), new ScriptedStream()]
    api.followReplies = [other, rest]
    api.readReplies = [running('one ', 'g2')]
    store.open(true)
    other.push(beginning, piece('one two', 'ond'))
    rest.push(beginning, piece('one ', 'second'), ended({ id: 'g2' })).close()
    await settle()
    await settle()
    expect(api.followed).toEqual(['one two'.length, 'one '.length])
    expect(texts(store).at(-1)).toBe('one second')
  })

  it('shows what is stored when the answer has ended meanwhile', async () => {
    const setup = setUp()
    const { store, api } = setup
    const stream = await sendFirst(setup)
    api.followReplies = [null]
    api.readReplies = [stored(question(sentId(api)), answer('a1', sentId(api), { text: 'all of it' }))]
    stream.push(piece('', 'all')).close()
    await settle()
    expect(texts(store).at(-1)).toBe('all of it')
    expect(store.state.get().phase).toBe('idle')
  })

  it('shows what a killed server had stored, which can be less than it had shown', async () => {
    const setup = setUp()
    const { store, api } = setup
    const stream = await sendFirst(setup)
    const end = { status: 'interrupted', errorCode: 'interrupted' } as const
    const rest = new ScriptedStream().push(started('a1', sentId(api)), ended(end))
    api.followReplies = [rest.close()]
    api.readReplies = [
      stored(question(sentId(api)), answer('a1', sentId(api), { ...end, text: 'shown and ' })),
    ]
    stream.push(piece('', 'shown and lost')).close()
    await settle()
    await settle()
    expect(texts(store).at(-1)).toBe('shown and ')
    expect(store.state.get().phase).toBe('idle')
  })

  it('is not said any longer once a reading finds that the answer has ended', async () => {
    const setup = setUp(null, { holdsWaits: true })
    const { store, api, passTime } = setup
    const stream = await sendFirst(setup)
    api.followReplies = [unreachable]
    stream.push(piece('', 'all')).close()
    await settle()
    await passTime()
    await settle()
    expect(store.state.get().isReconnecting).toBe(true)
    api.readReplies = [stored(question(sentId(api)), answer('a1', sentId(api), { text: 'all of it' }))]
    await store.refresh()
    expect(store.state.get()).toMatchObject({ phase: 'idle', isReconnecting: false })
  })

  it('reads again when another answer runs than the one that was followed', async () => {
    const setup = setUp(stored(question('q1'), answer('a1', 'q1', { status: 'streaming', text: 'one' })))
    const { store, api } = setup
    const other = new ScriptedStream().push(started('a2', 'q2'))
    api.followReplies = [other, new ScriptedStream()]
    const now = [
      question('q1'),
      answer('a1', 'q1'),
      question('q2', 'a1'),
      answer('a2', 'q2', { status: 'streaming' }),
    ]
    api.readReplies = [stored(...now)]
    store.open(true)
    await settle()
    expect(store.transcript.ids.get()).toEqual(['q1', 'a1', 'q2', 'a2'])
    expect(api.followed).toEqual([3, 'text of a2'.length])
  })
})

describe('stopping', () => {
  it('asks the server, goes on showing what comes, and ends with its word', async () => {
    const setup = setUp()
    const { store, api } = setup
    const stream = await sendFirst(setup)
    stream.push(piece('', 'one '))
    await settle()
    store.stop()
    store.stop()
    expect(store.state.get().phase).toBe('stopping')
    await settle()
    expect(api.stopped).toEqual(['c1'])
    stream.push(piece('one ', 'two'), ended({ status: 'stopped' })).close()
    await settle()
    expect(texts(store).at(-1)).toBe('one two')
    expect(store.state.get().phase).toBe('idle')
  })

  it('before the acknowledgement stops as soon as there is something to stop', async () => {
    const { store, api } = setUp()
    const stream = new ScriptedStream()
    api.sendReplies = [stream]
    store.send('Hello')
    await settle()
    store.stop()
    await settle()
    expect(api.stopped).toEqual([])
    stream.push(started('a1', sentId(api)))
    await settle()
    expect(api.stopped).toEqual(['c1'])
    stream.push(ended({ status: 'stopped' })).close()
    await settle()
    expect(store.state.get().phase).toBe('idle')
  })

  it('sends what was sent meanwhile as soon as it has ended', async () => {
    const setup = setUp()
    const { store, api } = setup
    const stream = await sendFirst(setup)
    store.stop()
    expect(store.send('Next')).toBe(true)
    expect(api.sent).toHaveLength(1)
    const next = new ScriptedStream()
    api.sendReplies = [next]
    stream.push(ended({ status: 'stopped' })).close()
    await settle()
    expect(api.sent.at(-1)).toMatchObject({ message: { text: 'Next' }, parentId: 'a1' })
    next.push(started('a2', sentId(api, -1)))
    await settle()
    expect(texts(store)).toEqual(['Hello', '', 'Next', ''])
  })

  it('says so when the server could not be asked, and can be asked again', async () => {
    const setup = setUp()
    const { store, api } = setup
    await sendFirst(setup)
    api.stopReplies = [unreachable, { stopped: true }]
    store.stop()
    await settle()
    expect(store.state.get()).toMatchObject({ phase: 'streaming', notice: { code: 'unreachable' } })
    store.stop()
    await settle()
    expect(api.stopped).toHaveLength(2)
  })
})

describe('another answer', () => {
  const failed = () =>
    stored(question('q1'), answer('a1', 'q1', { status: 'failed', errorCode: 'timed_out', text: '' }))

  it('takes the place of the last one, and is asked for once', async () => {
    const { store, api } = setUp(failed())
    const stream = new ScriptedStream()
    api.sendReplies = [stream]
    store.retry()
    store.retry()
    await settle()
    expect(api.sent).toEqual([
      {
        conversationId: 'c1',
        persona: 'stoic',
        intensity: null,
        model: null,
        parentId: 'q1',
        answerId: expect.any(String),
      },
    ])
    const [request] = api.sent
    const answerId = request && 'answerId' in request ? request.answerId : ''
    stream.push(started(answerId, 'q1'), piece('', 'Better'))
    await settle()
    expect(store.transcript.ids.get()).toEqual(['q1', answerId])
  })

  it('that could not be asked for is asked for again under the same id, and the question stays', async () => {
    const { store, api } = setUp(failed())
    api.sendReplies = [unreachable]
    store.retry()
    await settle()
    expect(store.transcript.ids.get()).toEqual(['q1', 'a1'])
    store.retry()
    await settle()
    expect(api.sent[1]).toEqual(api.sent[0])
  })
})

describe('what happens elsewhere', () => {
  const told = { ...stored().conversation, deleted: false }

  it('is read when a message is there that is not shown, and followed when it runs', async () => {
    const { store, api } = setUp(stored(question('q1'), answer('a1', 'q1')))
    store.open(true)
    const running = answer('a2', 'q2', { status: 'streaming', text: 'so ' })
    api.readReplies = [stored(question('q1'), answer('a1', 'q1'), question('q2', 'a1'), running)]
    const stream = new ScriptedStream()
    api.followReplies = [stream]
    store.onEvent({ ...told, running: true, activeLeafId: 'a2' })
    await settle()
    expect(api.followed).toEqual([3])
    stream.push(started('a2', 'q2'), piece('so ', 'far'), ended()).close()
    await settle()
    expect(texts(store).at(-1)).toBe('so far')
  })

  it('is left alone while this page sends', async () => {
    const { store, api } = setUp(stored(question('q1'), answer('a1', 'q1')))
    store.open(true)
    api.sendReplies = [new ScriptedStream()]
    store.send('Hello')
    store.onEvent({ ...told, running: true, activeLeafId: 'a9' })
    await settle()
    expect(api.reads).toEqual([])
  })

  it('changes the title without reading anything', async () => {
    const { store, api } = setUp(stored(question('q1'), answer('a1', 'q1')))
    store.open(true)
    store.onEvent({ ...told, title: 'Another', activeLeafId: 'a1' })
    await settle()
    expect(store.state.get().conversation?.title).toBe('Another')
    expect(api.reads).toEqual([])
  })

  it('is kept when it is told before the beginning of the first answer is heard of', async () => {
    const setup = setUp()
    const { store, api, onStarted, onEnded } = setup
    const stream = new ScriptedStream()
    api.sendReplies = [stream]
    store.send('Hello')
    await settle()
    // All of it, from another connection: the answer has ended there, and has its title.
    store.onEvent({ ...told, titleSource: 'placeholder', title: 'Hello', running: true, activeLeafId: 'a1' })
    store.onEvent({ ...told, title: 'On greeting', activeLeafId: 'a1' })
    stream.push(started('a1', sentId(api)), piece('', 'Good day'), ended()).close()
    await settle()
    const titled = { title: 'On greeting', titleSource: 'generated' }
    expect(onStarted.mock.calls).toEqual([[expect.objectContaining({ ...titled, running: true })]])
    expect(onEnded.mock.calls).toEqual([
      [expect.objectContaining({ ...titled, running: false }), expect.anything()],
    ])
    expect(store.state.get().conversation).toMatchObject(titled)
  })

  it('is not undone by a reading that began before it', async () => {
    const { store, api } = setUp(stored(question('q1'), answer('a1', 'q1')))
    store.open(true)
    const turn = stored(question('q1'), answer('a1', 'q1'))
    api.readReplies = [turn, { ...turn, conversation: { ...turn.conversation, title: 'Another' } }]
    const reading = store.refresh()
    store.onEvent({ ...told, title: 'Another', activeLeafId: 'a1' })
    await reading
    expect(store.state.get().conversation?.title).toBe('Another')
  })

  it('makes a conversation that was deleted missing', () => {
    const { store } = setUp(stored(question('q1'), answer('a1', 'q1')))
    store.onEvent({ ...told, deleted: true, activeLeafId: 'a1' })
    expect(store.state.get().load).toBe('missing')
  })
})

describe('reading', () => {
  it('keeps text that is shown although what is stored is a little behind', async () => {
    const setup = setUp()
    const { store, api } = setup
    const stream = await sendFirst(setup)
    stream.push(piece('', 'one two three'))
    await settle()
    const behind = answer('a1', sentId(api), { status: 'streaming', text: 'one' })
    api.readReplies = [stored(question(sentId(api)), behind)]
    await store.refresh()
    expect(texts(store).at(-1)).toBe('one two three')
    stream.push(piece('one two three', ' four'))
    await settle()
    expect(texts(store).at(-1)).toBe('one two three four')
  })

  it('does not let a reading that began before overwrite what came since', async () => {
    const { store, api } = setUp(stored(question('q1'), answer('a1', 'q1')))
    const slow = Promise.withResolvers<ConversationWithMessages>()
    const read = vi.spyOn(api, 'read').mockReturnValueOnce(slow.promise)
    store.open(false)
    const stream = new ScriptedStream()
    api.sendReplies = [stream]
    store.send('Hello')
    await settle()
    stream.push(started('a2', sentId(api)))
    await settle()
    api.readReplies = [
      stored(question('q1'), answer('a1', 'q1'), question(sentId(api), 'a1'), answer('a2', sentId(api))),
    ]
    slow.resolve(stored(question('q1'), answer('a1', 'q1')))
    await settle()
    expect(read).toHaveBeenCalledTimes(2)
    expect(store.transcript.ids.get()).toEqual(['q1', 'a1', sentId(api), 'a2'])
  })

  it('keeps the identity of messages that did not change', async () => {
    const { store, api } = setUp(stored(question('q1'), answer('a1', 'q1')))
    const before = store.transcript.find('a1')
    api.readReplies = [stored(question('q1'), answer('a1', 'q1'), question('q2', 'a1'), answer('a2', 'q2'))]
    await store.refresh()
    expect(store.transcript.find('a1')).toBe(before)
  })

  it('calls a conversation missing that the server does not know', async () => {
    const { store, api } = setUp(stored(question('q1')))
    api.readReplies = [new RequestError('not_found', 'Not there.')]
    await store.refresh()
    expect(store.state.get().load).toBe('missing')
  })
})

it('keeps a connection until the server has what was sent, though it is shown no longer', async () => {
  const { store, api, onStarted } = setUp()
  const stream = new ScriptedStream()
  api.sendReplies = [stream]
  store.send('Hello')
  await settle()
  store.close()
  stream.push(started('a1', sentId(api)), piece('', 'unread'))
  await settle()
  expect(onStarted).toHaveBeenCalledTimes(1)
  expect(texts(store)).toEqual(['Hello', ''])
})
