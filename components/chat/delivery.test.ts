import { afterEach, describe, expect, it, vi } from 'vitest'
import { RequestError } from './chat-api.ts'
import { sendFirst, sentId, settle, setUp, texts, unreachable } from './testing/conversation-set-up.ts'
import { answer, ended, question, ScriptedStream, started, stored } from './testing/scripted-api.ts'

const held = { holdsWaits: true }
const turn = () => stored(question('q1'), answer('a1', 'q1'))
const waitsOf = ({ store }: ReturnType<typeof setUp>) => store.delivery.wait.get()?.refusal?.code

afterEach(() => vi.useRealTimers())

describe('a message that could not be sent', () => {
  it.each(['unreachable', 'database_unavailable', 'shutting_down'] as const)(
    'waits and is sent again under the same id when the refusal was %s',
    async (code) => {
      const setup = setUp(null, held)
      const { store, api } = setup
      api.sendReplies = [new RequestError(code, 'Not now.')]
      store.send('Hello')
      await settle()
      expect(store.state.get()).toMatchObject({ phase: 'waiting', notice: null })
      expect(waitsOf(setup)).toBe(code)
      const stream = new ScriptedStream()
      api.sendReplies = [stream]
      await setup.passTime()
      expect(api.sent[1]).toEqual(api.sent[0])
      stream.push(started('a1', sentId(api)), ended()).close()
      await settle()
      expect(texts(store)).toEqual(['Hello', ''])
      expect(store.state.get().phase).toBe('idle')
      expect(store.outbox.unsent.get()).toBeNull()
      expect(setup.unsentTurns.keys()).toEqual([])
    },
  )

  it('is tried after pauses that grow to 30 s', async () => {
    const setup = setUp(null, held)
    setup.api.sendReplies = [unreachable]
    setup.store.send('Hello')
    await settle()
    for (let attempt = 0; attempt < 6; attempt += 1) await setup.passTime()
    expect(setup.waits).toEqual([1000, 2000, 4000, 8000, 16_000, 30_000, 30_000])
    expect(new Set(setup.api.sent.map((_, index) => sentId(setup.api, index))).size).toBe(1)
  })

  it('is sent at once when the page catches up, and only once', async () => {
    const setup = setUp(null, held)
    const { store, api } = setup
    api.sendReplies = [unreachable]
    store.send('Hello')
    await settle()
    const stream = new ScriptedStream()
    api.sendReplies = [stream]
    store.catchUp()
    store.catchUp()
    store.delivery.resend()
    await settle()
    await setup.passTime()
    expect(api.sent).toHaveLength(2)
  })

  it('survives the page, with everything it was sent with', async () => {
    const kept = new Map<string, string>()
    const before = setUp(null, { ...held, kept })
    before.api.sendReplies = [unreachable]
    await before.store.choose({ persona: 'casual' })
    before.store.send('Hello')
    await settle()
    const after = setUp(null, {
      ...{ ...held, kept },
      arrange(api) {
        api.sendReplies = [new ScriptedStream()]
      },
    })
    await settle()
    expect(after.api.sent).toEqual([before.api.sent[0]])
    expect(after.api.sent[0]).toMatchObject({ persona: 'casual', parentId: null })
  })

  it('is sent again on the page of a conversation that was read, and on one that was not', async () => {
    const kept = new Map<string, string>()
    const before = setUp(turn(), { ...held, kept })
    before.api.sendReplies = [unreachable]
    before.store.open(true)
    before.store.send('Hello')
    await settle()
    for (const isFresh of [true, false]) {
      const after = setUp(turn(), { ...held, kept: new Map(kept) })
      after.api.readReplies = [turn()]
      after.api.sendReplies = [new ScriptedStream()]
      after.store.open(isFresh)
      await settle()
      expect(after.api.sent).toEqual(before.api.sent)
    }
  })

  it('keeps others from being sent before it, and their text with the person', async () => {
    const { store, api } = setUp(null, held)
    api.sendReplies = [unreachable]
    store.send('Hello')
    await settle()
    expect(store.send('Next')).toBe(false)
    expect(api.sent).toHaveLength(1)
  })

  it('is not sent again when it turns out to be on the server', async () => {
    const setup = setUp(turn(), held)
    const { store, api } = setup
    api.sendReplies = [unreachable]
    store.open(true)
    store.send('Hello')
    await settle()
    const sent = { ...question(sentId(api), 'a1'), text: 'Hello' }
    api.readReplies = [stored(question('q1'), answer('a1', 'q1'), sent, answer('a2', sent.id))]
    await store.refresh()
    expect(api.sent).toHaveLength(1)
    expect(store.outbox.unsent.get()).toBeNull()
    expect(store.state.get().phase).toBe('idle')
    expect(setup.unsentTurns.keys()).toEqual([])
  })

  it('that another tab has sent or taken back is not sent again', async () => {
    const kept = new Map<string, string>()
    const setup = setUp(turn(), { ...held, kept })
    const { store, api } = setup
    api.sendReplies = [unreachable]
    api.readReplies = [turn()]
    store.open(true)
    store.send('Hello')
    await settle()
    kept.clear()
    await setup.passTime()
    expect(api.sent).toHaveLength(1)
    expect(store.state.get().phase).toBe('idle')
    expect(store.delivery.wait.get()).toBeNull()
  })

  it('is shown after everything that came meanwhile when its parent is gone from the page', async () => {
    const setup = setUp(turn(), held)
    const { store, api } = setup
    api.sendReplies = [unreachable]
    store.open(true)
    store.send('Hello')
    await settle()
    const other = [question('q1'), answer('a9', 'q1')]
    api.readReplies = [stored(...other)]
    const stream = new ScriptedStream()
    api.sendReplies = [stream]
    await store.refresh()
    const sent = { ...question(sentId(api), 'a1'), text: 'Hello' }
    const now = stored(question('q1'), answer('a1', 'q1'), sent, answer('a2', sent.id))
    api.readReplies = [now]
    stream.push(started('a2', sent.id))
    await settle()
    expect(store.transcript.ids.get()).toEqual(now.messages.map(({ id }) => id))
  })
})

describe('another answer that runs', () => {
  const refusal = new RequestError('generation_running', 'Another answer is running.')

  it('keeps a message waiting until it has ended; the message follows it then', async () => {
    const setup = setUp(turn(), held)
    const { store, api } = setup
    store.open(true)
    api.sendReplies = [refusal]
    const running = answer('a2', 'q2', { status: 'streaming', text: '' })
    api.readReplies = [stored(question('q1'), answer('a1', 'q1'), question('q2', 'a1'), running)]
    const theirs = new ScriptedStream()
    api.followReplies = [theirs]
    store.send('Hello')
    await settle()
    expect(store.state.get().phase).toBe('streaming')
    expect(waitsOf(setup)).toBe('generation_running')
    await setup.passTime()
    expect(api.sent).toHaveLength(1)
    api.sendReplies = [new ScriptedStream()]
    theirs.push(started('a2', 'q2'), ended()).close()
    await settle()
    expect(sentId(api, 1)).toBe(sentId(api, 0))
    expect(api.sent[1]).toMatchObject({ parentId: 'a2' })
  })
})

describe('an expired session', () => {
  const signedOut = new RequestError('signed_out', 'You are signed out.')

  it('keeps a message until the person is signed in again, and does not ask meanwhile', async () => {
    const setup = setUp(turn(), held)
    const { store, api } = setup
    store.open(true)
    api.sendReplies = [signedOut]
    store.send('Hello')
    await settle()
    expect(waitsOf(setup)).toBe('signed_out')
    expect(setup.waits).toEqual([])
    api.readReplies = [turn()]
    api.sendReplies = [new ScriptedStream()]
    store.catchUp()
    await settle()
    expect(api.sent[1]).toEqual(api.sent[0])
  })

  it('does not end an answer that runs: it is followed again', async () => {
    const running = stored(question('q1'), answer('a1', 'q1', { status: 'streaming', text: 'one ' }))
    const { store, api } = setUp(running)
    api.followReplies = [signedOut]
    store.open(true)
    await settle()
    expect(store.state.get()).toMatchObject({ phase: 'streaming', notice: { code: 'signed_out' } })
    const rest = new ScriptedStream()
    api.followReplies = [rest]
    api.readReplies = [running]
    store.catchUp()
    await settle()
    expect(store.state.get().notice).toBeNull()
    rest.push(started('a1', 'q1'), { type: 'text', delta: 'two', end: 7 }, ended()).close()
    await settle()
    expect(texts(store).at(-1)).toBe('one two')
  })
})

describe('too many messages within a minute', () => {
  it('are held for as long as the server says, then sent by themselves', async () => {
    vi.useFakeTimers({ toFake: ['Date'] })
    const setup = setUp(null, held)
    const { store, api } = setup
    api.sendReplies = [new RequestError('too_many_turns', 'Too many.', { retryAfterSeconds: 34 })]
    store.send('Hello')
    await settle()
    expect(setup.waits).toEqual([34_000])
    expect(store.delivery.wait.get()?.until).toBe(Date.now() + 34_000)
    store.catchUp()
    await settle()
    expect(api.sent).toHaveLength(1)
    vi.setSystemTime(Date.now() + 34_000)
    api.sendReplies = [new ScriptedStream()]
    await setup.passTime()
    expect(api.sent[1]).toEqual(api.sent[0])
  })
})

describe('a message that is the person’s again', () => {
  it.each(['message_too_long', 'budget_exhausted'] as const)(
    'goes back into the composer when it would be refused again (%s)',
    async (code) => {
      const { store, api, drafts } = setUp(null, held)
      api.sendReplies = [new RequestError(code, 'Not this way.')]
      store.send('Hello')
      await settle()
      expect(store.state.get()).toMatchObject({ phase: 'idle', notice: { code } })
      expect(store.outbox.filled.get().text).toBe('Hello')
      expect(drafts.load('new')?.text).toBe('Hello')
      expect(store.outbox.unsent.get()).toBeNull()
    },
  )

  it('keeps its id when it is sent unchanged, and takes another when it is not', async () => {
    const { store, api } = setUp(null, held)
    api.sendReplies = [unreachable]
    for (const text of ['Hello', 'Hello', 'Hello again']) {
      store.send(text)
      await settle()
      store.takeBack()
    }
    expect(store.state.get().phase).toBe('idle')
    expect(sentId(api, 1)).toBe(sentId(api, 0))
    expect(sentId(api, 2)).not.toBe(sentId(api, 1))
  })

  it('takes another id when the server has the first for something else', async () => {
    const { store, api } = setUp(null, held)
    api.sendReplies = [new RequestError('message_id_taken', 'Taken.')]
    store.send('Hello')
    await settle()
    store.send('Hello')
    await settle()
    expect(sentId(api, 1)).not.toBe(sentId(api, 0))
  })

  it('is stopped before the server has it: it waits for nothing', async () => {
    const setup = setUp(null, held)
    const { store, api } = setup
    const sending = Promise.withResolvers<ScriptedStream>()
    vi.spyOn(api, 'send').mockReturnValueOnce(sending.promise)
    store.send('Hello')
    store.stop()
    sending.reject(unreachable)
    await settle()
    expect(store.state.get()).toMatchObject({ phase: 'idle', notice: { code: 'unreachable' } })
    expect(store.outbox.filled.get().text).toBe('Hello')
    expect(setup.waits).toEqual([])
  })

  it('is put before what was typed since', async () => {
    const { store, api, drafts } = setUp(null, held)
    api.sendReplies = [unreachable]
    store.send('Hello')
    await settle()
    store.outbox.type('And more')
    store.takeBack()
    expect(drafts.load('new')?.text).toBe('Hello\n\nAnd more')
  })

  it('leaves the composer when it turns out to be on the server', async () => {
    const { store, api, drafts } = setUp(turn(), held)
    store.open(true)
    api.sendReplies = [unreachable]
    api.readReplies = [unreachable]
    store.send('Hello')
    await settle()
    store.takeBack()
    await settle()
    const sent = sentId(api)
    api.readReplies = [stored(question('q1'), answer('a1', 'q1'), { ...question(sent, 'a1'), text: 'Hello' })]
    await store.refresh()
    expect(store.outbox.filled.get().text).toBe('')
    expect(drafts.load('c1')).toBeNull()
  })

  it('can be discarded and brought back', async () => {
    const { store, api, unsentTurns } = setUp(null, held)
    api.sendReplies = [unreachable]
    store.send('Hello')
    await settle()
    store.discard()
    expect(store.state.get().phase).toBe('idle')
    expect(unsentTurns.keys()).toEqual([])
    api.sendReplies = [new ScriptedStream()]
    store.restore()
    await settle()
    expect(api.sent[1]).toEqual(api.sent[0])
    expect(store.outbox.discarded.get()).toBeNull()
  })
})

describe('another version of a question', () => {
  it('waits with its place, and is written again where it was written', async () => {
    const { store, api } = setUp(turn(), held)
    store.open(true)
    api.sendReplies = [unreachable]
    api.readReplies = [unreachable]
    store.branches.startEditing('q1')
    store.branches.sendEdited('Better')
    await settle()
    expect(store.outbox.unsent.get()).toMatchObject({ replaces: 'q1', request: { parentId: null } })
    expect(store.transcript.ids.get()).toEqual(['q1', 'a1'])
    store.takeBack()
    expect(store.branches.editing.get()).toBe('q1')
    expect(store.branches.editedText('q1')).toBe('Better')
    expect(store.outbox.filled.get().text).toBe('')
    const stream = new ScriptedStream()
    api.sendReplies = [stream]
    store.branches.sendEdited('Better')
    await settle()
    expect(sentId(api, 1)).toBe(sentId(api, 0))
    stream.push(started('a2', sentId(api)))
    await settle()
    expect(store.transcript.ids.get()).toEqual([sentId(api), 'a2'])
    expect(store.transcript.find(sentId(api))?.siblingIds).toEqual(['q1', sentId(api)])
  })
})

describe('drafts', () => {
  it('are gone once the message is kept to be sent, and what was typed since then stays', async () => {
    const setup = setUp(null, held)
    const { store, drafts } = setup
    store.outbox.type('Hello')
    setup.api.sendReplies = [unreachable]
    store.send('Hello')
    await settle()
    expect(drafts.load('new')).toBeNull()
    store.outbox.type('Next')
    const stream = new ScriptedStream()
    setup.api.sendReplies = [stream]
    await setup.passTime()
    stream.push(started('a1', sentId(setup.api)))
    await settle()
    expect(drafts.load('new')?.text).toBe('Next')
  })

  it('keep the id that they were sent under across pages', async () => {
    const setup = setUp(null, held)
    setup.drafts.save('new', { text: 'Hello', messageId: 'm9', conversationId: 'c1' })
    expect(setup.store.outbox.draft()).toBe('Hello')
    await sendFirst(setup)
    expect(sentId(setup.api)).toBe('m9')
    expect(setup.drafts.load('new')).toBeNull()
  })

  it('are forgotten when they turn out to be on the server', () => {
    const { store, drafts } = setUp(turn())
    drafts.save('c1', { text: 'text of q1', messageId: 'q1', conversationId: 'c1' })
    expect(store.outbox.draft()).toBe('')
    expect(drafts.load('c1')).toBeNull()
  })
})

it('says while the server cannot store what it shows, until it can or the answer has ended', async () => {
  const setup = setUp()
  const stream = await sendFirst(setup)
  const isUnsaved = () => setup.store.state.get().isUnsaved
  stream.push({ type: 'storage', isStored: false })
  await settle()
  expect(isUnsaved()).toBe(true)
  stream.push({ type: 'storage', isStored: true })
  await settle()
  expect(isUnsaved()).toBe(false)
  stream.push({ type: 'storage', isStored: false }, ended()).close()
  await settle()
  expect(isUnsaved()).toBe(false)
})
