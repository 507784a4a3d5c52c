import { describe, expect, it } from 'vitest'
import { RequestError } from './chat-api.ts'
import { keepShownText } from './keep-shown-text.ts'
import { NEW_DRAFT } from './outbox.ts'
import { sentId, settle, setUp, texts, unreachable } from './testing/conversation-set-up.ts'
import { answer, ended, question, ScriptedStream, started, stored } from './testing/scripted-api.ts'

const held = { holdsWaits: true }
const turn = () => stored(question('q1'), answer('a1', 'q1'))

describe('two tabs of one conversation', () => {
  it('do not put one waiting message in the place of another', async () => {
    const kept = new Map<string, string>()
    const [first, second] = [setUp(turn(), { ...held, kept }), setUp(turn(), { ...held, kept })]
    for (const { api, store } of [first, second]) {
      api.sendReplies = [unreachable]
      store.open(true)
    }
    first.store.send('from the first')
    await settle()

    expect(second.store.send('from the second')).toBe(false)
    expect(second.store.outbox.unsent.get()?.request.message.text).toBe('from the first')
    expect(first.unsentTurns.keys()).toHaveLength(1)
  })

  it('keep each its own when both had begun to send before either looked', async () => {
    const kept = new Map<string, string>()
    const first = setUp(turn(), { ...held, kept })
    first.api.sendReplies = [unreachable]
    first.store.open(true)
    first.store.send('from the first')
    await settle()
    const own = first.store.outbox.unsent.get()
    if (!own) throw new Error('nothing waits')
    const other = { ...own, request: { ...own.request, message: { id: 'm2', text: 'from the second' } } }
    first.unsentTurns.save('c1', other)
    first.store.outbox.sync()
    expect(first.store.outbox.unsent.get()).toEqual(own)

    first.unsentTurns.clear('c1')
    first.store.outbox.sync()
    expect(first.unsentTurns.load('c1')).toEqual(own)
  })
})

it('sending another version of a question leaves what is typed in the composer', async () => {
  const { store, api, drafts } = setUp(turn())
  api.sendReplies = [new ScriptedStream()]
  store.open(true)
  store.outbox.type('half a thought')
  store.branches.startEditing('q1')
  store.branches.sendEdited('another version')
  await settle()
  expect(api.sent).toHaveLength(1)
  expect(drafts.load('c1')?.text).toBe('half a thought')
})

it('what was sent in the composer is no draft any more', async () => {
  const { store, api, drafts } = setUp(turn())
  api.sendReplies = [new ScriptedStream()]
  store.open(true)
  store.outbox.type('half a')
  store.send('half a thought')
  await settle()
  expect(drafts.load('c1')).toBeNull()
})

describe('a connection that breaks before the beginning of the answer', () => {
  it('has the message sent again under its id, until it is heard of', async () => {
    const setup = setUp(null, held)
    const { store, api } = setup
    api.sendReplies = [new ScriptedStream().close()]
    api.followReplies = [null]
    api.readReplies = [new RequestError('not_found', 'Not there.')]
    store.send('Hello')
    await settle()
    while (store.state.get().phase === 'sending') await setup.passTime()

    const stream = new ScriptedStream().push(started('a1', sentId(api)), ended()).close()
    api.sendReplies = [stream]
    await setup.passTime()
    expect(api.sent).toHaveLength(2)
    expect(api.sent[1]).toEqual(api.sent[0])
  })

  it('gives another answer that was asked for back, and shows what is stored', async () => {
    const setup = setUp(turn(), held)
    const { store, api } = setup
    api.sendReplies = [new ScriptedStream().close()]
    api.followReplies = [null]
    api.readReplies = [stored(question('q1'), answer('a2', 'q1'))]
    store.open(true)
    store.retry()
    await settle()
    await setup.passTime()
    await settle()
    expect(store.state.get().phase).toBe('idle')
    expect(texts(store)).toEqual(['text of q1', 'text of a2'])
  })
})

it('a message that is sent while a new answer is stopped follows that answer', async () => {
  const setup = setUp(turn(), held)
  const { store, api } = setup
  const stream = new ScriptedStream()
  api.sendReplies = [stream, new ScriptedStream()]
  store.open(true)
  store.retry()
  await settle()
  store.stop()
  expect(store.send('next')).toBe(true)
  stream.push(started('a2', 'q1'))
  await settle()
  stream.push(ended({ status: 'stopped' })).close()
  await settle()
  expect(api.sent[1]).toMatchObject({ parentId: 'a2' })
})

it('text that was lost with a server is no beginning for what another run goes on with', () => {
  const shown = answer('a1', 'q1', { id: 'g1', status: 'interrupted', text: 'One two lost' })
  const goesOn = answer('a1', 'q1', { id: 'g2', status: 'streaming', text: 'One two' })
  expect(keepShownText(shown, goesOn).text).toBe('One two')
  const same = answer('a1', 'q1', { id: 'g1', status: 'streaming', text: 'One two' })
  expect(keepShownText(shown, same).text).toBe('One two lost')
})

it('a message that waits for a conversation that was deleted becomes the draft of a new one', async () => {
  const setup = setUp(turn(), held)
  const { store, api, drafts, unsentTurns } = setup
  store.open(true)
  api.sendReplies = [unreachable]
  api.readReplies = [new RequestError('not_found', 'Not there.')]
  store.send('Too late')
  await settle()
  await store.refresh()
  expect(store.state.get().load).toBe('missing')
  expect(drafts.load(NEW_DRAFT)?.text).toBe('Too late')
  expect(unsentTurns.keys()).toEqual([])
})
