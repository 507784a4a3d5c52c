import { expect, it, vi } from 'vitest'
import { ConversationStore } from './conversation-store.ts'
import { TemporaryConversation } from './temporary-conversation.ts'
import { unreachable } from './testing/conversation-set-up.ts'
import { ScriptedApi, ScriptedStream, started } from './testing/scripted-api.ts'

function setUp() {
  const api = new ScriptedApi()
  const onForgetful = vi.fn()
  const onGone = vi.fn()
  let count = 0
  const temporary = new TemporaryConversation({
    ...{ userId: 'u1', api, onForgetful, onGone },
    make: (typed) => {
      count += 1
      return new ConversationStore(
        { id: `c${count}`, persona: 'stoic', model: null, isNew: true, isTemporary: true, stored: null },
        {
          ...{ ...typed, api, onStarted: vi.fn(), onEnded: vi.fn(), onModelChosen: vi.fn() },
          schedule: () => () => {},
          wait: () => new Promise(() => {}),
        },
      )
    },
  })
  return { api, temporary, onGone }
}

async function begin({ api, temporary }: ReturnType<typeof setUp>): Promise<void> {
  const stream = new ScriptedStream()
  api.sendReplies = [stream]
  temporary.store.open(true)
  temporary.store.send('Hello')
  const { message } = api.sent[0] as { message: { id: string } }
  stream.push(started('a1', message.id))
  await vi.waitFor(() => expect(temporary.store.state.get().load).toBe('ready'))
}

it('begins as temporary on the server, and is erased when it is left; another one comes then', async () => {
  const setup = setUp()
  const { api, temporary, onGone } = setup
  await begin(setup)
  expect(api.sent).toMatchObject([{ conversationId: 'c1', temporary: true }])
  temporary.leave()
  expect(api.erased).toEqual(['c1'])
  expect(onGone).toHaveBeenCalledOnce()
  expect(temporary.round.get()).toBe(1)
  expect(temporary.store.id).toBe('c2')
})

it('that nobody has written in is only forgotten, with what was typed', () => {
  const { api, temporary } = setUp()
  temporary.store.outbox.type('Words')
  expect(temporary.isForgetful).toBe(true)
  temporary.leave()
  expect(temporary.isForgetful).toBe(false)
  expect(api.erased).toEqual([])
  expect(temporary.store.outbox.draft()).toBe('')
})

it('stays when the page shows it again at once', async () => {
  vi.useFakeTimers()
  const { temporary } = setUp()
  const { id } = temporary.store
  temporary.show()()
  const hide = temporary.show()
  await vi.runAllTimersAsync()
  expect(temporary.store.id).toBe(id)
  hide()
  await vi.runAllTimersAsync()
  expect(temporary.store.id).not.toBe(id)
  vi.useRealTimers()
})

it('is kept with what is typed and waits in it, or stays as it was', async () => {
  const setup = setUp()
  const { api, temporary } = setup
  await begin(setup)
  temporary.store.outbox.type('And then')
  api.changeReplies = [unreachable]
  await expect(temporary.keep()).rejects.toBe(unreachable)
  expect(temporary.store.id).toBe('c1')

  api.changeReplies = [{ id: 'c1' } as Awaited<ReturnType<ScriptedApi['change']>>]
  const kept = await temporary.keep()
  expect(kept?.messages).toHaveLength(2)
  expect(kept?.drafts.load('c1')).toEqual({ text: 'And then' })
  expect(temporary.store.id).toBe('c2')
  expect(api.erased).toEqual([])
})
