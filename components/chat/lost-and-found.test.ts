import { describe, expect, it, vi } from 'vitest'
import { beforeUnsent } from './before-unsent.ts'
import { RequestError } from './chat-api.ts'
import { ConversationStore } from './conversation-store.ts'
import { keepShownText } from './keep-shown-text.ts'
import { NEW_DRAFT } from './outbox.ts'
import { sentId, settle, setUp, texts, unreachable } from './testing/conversation-set-up.ts'
import {
  answer,
  ended,
  question,
  ScriptedApi,
  ScriptedStream,
  started,
  stored,
} from './testing/scripted-api.ts'

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

  it('lose neither of two edits when the second is acknowledged before the first tab looks', async () => {
    const kept = new Map<string, string>()
    const [first, second] = [setUp(turn(), { ...held, kept }), setUp(turn(), { ...held, kept })]
    const slow = Promise.withResolvers<ScriptedStream>()
    for (const { store } of [first, second]) {
      store.open(true)
      store.branches.startEditing('q1')
    }
    const stream = new ScriptedStream()
    second.api.sendReplies = [stream]
    vi.spyOn(first.api, 'send').mockReturnValueOnce(slow.promise)
    // Neither has seen the other's: both look before either has written.
    const look = vi.spyOn(second.store.outbox, 'sync').mockImplementation(() => undefined)
    first.store.branches.sendEdited('from the first')
    second.store.branches.sendEdited('from the second')
    look.mockRestore()
    await settle()
    const ids = [first, second].map(({ store }) => store.outbox.unsent.get()?.request.message.id ?? '')
    stream.push(started('a3', ids[1] ?? ''))
    await settle()
    expect(second.store.transcript.find(ids[1] ?? '')?.siblingIds).toEqual(['q1', ids[1]])

    first.store.outbox.sync()
    expect(first.store.outbox.unsent.get()?.request.message.text).toBe('from the first')
    expect(first.unsentTurns.load('c1')?.request.message.id).toBe(ids[0])

    const theirs = { ...question(ids[1] ?? ''), siblingIds: ['q1', ...ids.toReversed()] }
    const own = { ...question(ids[0] ?? ''), text: 'from the first', siblingIds: theirs.siblingIds }
    first.store.onEvent({ ...stored(theirs, answer('a3', theirs.id)).conversation, deleted: false })
    first.api.readReplies = [stored(own, answer('a4', own.id, { status: 'streaming', text: '' }))]
    slow.resolve(new ScriptedStream().push(started('a4', own.id)))
    await settle()
    expect(texts(first.store)).toEqual(['from the first', ''])
    expect(first.store.transcript.find(own.id)?.siblingIds).toEqual(['q1', ids[1], ids[0]])
    expect(first.unsentTurns.load('c1')).toBeNull()
  })

  it('stands where the other version is, and is written again there', async () => {
    const setup = setUp(turn(), held)
    const { store, api } = setup
    store.open(true)
    api.sendReplies = [unreachable]
    store.branches.startEditing('q1')
    store.branches.sendEdited('mine')
    await settle()
    api.sendReplies = [new ScriptedStream()]
    const theirs = { ...question('q2'), siblingIds: ['q1', 'q2'] }
    api.readReplies = [stored(theirs, answer('a2', 'q2'))]
    await store.refresh()
    const unsent = store.outbox.unsent.get()
    expect(beforeUnsent([theirs, answer('a2', 'q2')], unsent)).toEqual([])
    store.takeBack()
    expect(store.branches.editing.get()).toBe('q2')
    expect(store.branches.editedText('q2')).toBe('mine')
  })
})

describe('the editor of a question', () => {
  async function takenBack() {
    const setup = setUp(turn(), held)
    const { store, api } = setup
    store.open(true)
    api.sendReplies = [unreachable]
    api.readReplies = [unreachable]
    store.branches.startEditing('q1')
    store.branches.sendEdited('Better')
    await settle()
    store.takeBack()
    await settle()
    const version = { ...question(sentId(api)), text: 'Better', siblingIds: ['q1', sentId(api)] }
    api.readReplies = [stored(version, answer('a2', version.id))]
    return setup
  }

  it('stays open with what was typed since when a reading finds its version on the server', async () => {
    const { store } = await takenBack()
    store.branches.keepEditedText('q1', 'Better still')
    await store.refresh()
    expect(store.branches.editing.get()).toBe('q1')
    expect(store.branches.editedText('q1')).toBe('Better still')
  })

  it('closes when it holds only what is on the server', async () => {
    const { store } = await takenBack()
    await store.refresh()
    expect(store.branches.editing.get()).toBeNull()
  })

  it('stays open through a reading that finds a message of the composer on the server', async () => {
    const { store, api } = setUp(turn(), held)
    store.open(true)
    api.sendReplies = [unreachable]
    api.readReplies = [unreachable]
    store.send('Hello')
    await settle()
    store.takeBack()
    await settle()
    store.branches.startEditing('q1')
    store.branches.keepEditedText('q1', 'half a thought')
    api.readReplies = [
      stored(question('q1'), answer('a1', 'q1'), { ...question(sentId(api), 'a1'), text: 'Hello' }),
    ]
    await store.refresh()
    expect(store.branches.editing.get()).toBe('q1')
    expect(store.branches.editedText('q1')).toBe('half a thought')
  })
})

it('a message of a conversation that is not shown is tried again after a reading that failed', async () => {
  const kept = new Map<string, string>()
  const before = setUp(turn(), { ...held, kept })
  before.store.open(true)
  before.api.sendReplies = [unreachable]
  before.store.send('Hello')
  await settle()

  const api = new ScriptedApi()
  api.readReplies = [unreachable, turn()]
  api.sendReplies = [new ScriptedStream()]
  const waits: (() => void)[] = []
  const store = new ConversationStore(
    { id: 'c1', persona: 'stoic', model: null, isNew: false, stored: null },
    {
      ...{ api, drafts: before.drafts, unsentTurns: before.unsentTurns },
      ...{ onStarted: () => {}, onEnded: () => {}, onModelChosen: () => {}, schedule: () => () => {} },
      wait: () => new Promise((resolve) => waits.push(resolve)),
    },
  )
  store.catchUp()
  await settle()
  expect(api.sent).toEqual([])
  for (const resolve of waits) resolve()
  await settle()
  expect(api.sent).toEqual([before.api.sent[0]])
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
