import { expect, test, vi } from 'vitest'
import { RequestError } from '#components/chat/chat-api.ts'
import { settle } from '#components/chat/testing/conversation-set-up.ts'
import {
  answer,
  ended,
  piece,
  question,
  ScriptedApi,
  ScriptedStream,
  started,
  stored,
} from '#components/chat/testing/scripted-api.ts'
import type { SendMessage } from '#lib/chat/chat-request.ts'
import type { ConversationWithMessages } from '#lib/chat/types.ts'
import { TriedAnswer } from './tried-answer.ts'

const asked = { text: 'Who are you?', persona: 'casual', intensity: null, model: null }

function setUp() {
  const api = new ScriptedApi()
  const onEnd = vi.fn()
  const side = new TriedAnswer({
    api,
    onEnd,
    schedule: (callback) => {
      queueMicrotask(callback)
      return () => {}
    },
    wait: async (_ms, signal) => signal.throwIfAborted(),
  })
  return { api, onEnd, side }
}

type Setup = ReturnType<typeof setUp>

const requestOf = ({ api }: Setup, index = 0) => api.sent[index] as SendMessage
const textOf = ({ side }: Setup) => side.state.get().answer?.get().text

/** Asks, and lets the server begin its answer. */
async function begin(setup: Setup): Promise<ScriptedStream> {
  const stream = new ScriptedStream()
  setup.api.sendReplies = [stream]
  setup.side.ask(asked)
  await settle()
  const { message, conversationId } = setup.api.sent.at(-1) as SendMessage
  stream.push(started('a1', message.id, conversationId))
  await settle()
  return stream
}

test('a question begins a temporary conversation, whose answer is read to its end', async () => {
  const setup = setUp()
  const stream = await begin(setup)
  expect(requestOf(setup)).toMatchObject({
    ...{ temporary: true, parentId: null, persona: 'casual', intensity: null, model: null },
    message: { text: 'Who are you?' },
  })
  expect(setup.side.state.get().phase).toBe('streaming')
  stream.push(piece('', 'Just '), piece('Just ', 'me.'), ended())
  await settle()
  expect([textOf(setup), setup.side.state.get().phase]).toEqual(['Just me.', 'ended'])
  expect(setup.onEnd).toHaveBeenCalledOnce()

  await begin(setup)
  expect(requestOf(setup, 1).conversationId).not.toBe(requestOf(setup).conversationId)
})

test('a question that did not arrive is sent as it was; one that was answered is asked anew', async () => {
  const setup = setUp()
  setup.api.sendReplies = [new RequestError('too_many_turns', 'Too many.', { retryAfterSeconds: 30 })]
  setup.side.ask(asked)
  await settle()
  const { phase, fault, waitUntil } = setup.side.state.get()
  expect([phase, fault?.code]).toEqual(['ended', 'too_many_turns'])
  expect(waitUntil).toBeGreaterThan(Date.now() + 25_000)

  const stream = new ScriptedStream()
  setup.api.sendReplies = [stream]
  setup.side.askAgain()
  await settle()
  expect(requestOf(setup, 1)).toEqual(requestOf(setup))
  expect(setup.side.state.get()).toMatchObject({ phase: 'sending', fault: null, waitUntil: null })
  stream.push(started('a1', requestOf(setup).message.id), ended({ status: 'failed', errorCode: 'timed_out' }))
  await settle()
  setup.side.askAgain()
  await settle()
  expect(requestOf(setup, 2).message.id).not.toBe(requestOf(setup).message.id)
})

test('stopping waits for the acknowledgement, and one that is left is stopped too', async () => {
  const setup = setUp()
  const stream = new ScriptedStream()
  setup.api.sendReplies = [stream]
  setup.side.ask(asked)
  setup.side.stop()
  await settle()
  expect(setup.api.stopped).toEqual([])
  stream.push(started('a1', requestOf(setup).message.id))
  await settle()
  expect(setup.api.stopped).toEqual([requestOf(setup).conversationId])

  const other = setUp()
  await begin(other)
  other.side.leave()
  await settle()
  expect(other.api.stopped).toEqual([requestOf(other).conversationId])
  expect(other.side.state.get()).toMatchObject({ phase: 'idle', answer: null })
})

test('an answer that ended while the connection was lost is read as it is stored', async () => {
  const setup = setUp()
  const stream = await begin(setup)
  setup.api.followReplies = [null]
  setup.api.readReplies = [stored(question('q1'), answer('a1', 'q1', { text: 'All of it.' }))]
  stream.push(piece('', 'All')).close()
  await settle()
  await settle()
  expect([textOf(setup), setup.side.state.get().phase]).toEqual(['All of it.', 'ended'])
})

test('a reading of one that was left is dropped, whatever has come in its place', async () => {
  const setup = setUp()
  const { side, api } = setup
  const lose = async () => {
    const stream = await begin(setup)
    const reading = Promise.withResolvers<ConversationWithMessages>()
    vi.spyOn(api, 'read').mockReturnValueOnce(reading.promise)
    api.followReplies = [null]
    stream.close()
    await settle()
    await settle()
    return reading
  }
  const failing = await lose()
  await begin(setup)
  failing.reject(new RequestError('unreachable', 'The server cannot be reached.'))
  await settle()
  expect(side.state.get()).toMatchObject({ phase: 'streaming', fault: null })

  const read = await lose()
  side.leave()
  read.resolve(stored(question('q1'), answer('a1', 'q1', { text: 'All of it.' })))
  await settle()
  expect(side.state.get()).toMatchObject({ phase: 'idle', answer: null })
  expect(setup.onEnd).not.toHaveBeenCalled()
})

test('keeping tells when it does not work, and leaves the answer where it is', async () => {
  const setup = setUp()
  const stream = await begin(setup)
  stream.push(piece('', 'Me.'), ended())
  await settle()
  setup.api.changeReplies = [new RequestError('not_found', 'There is no such conversation.')]
  expect(await setup.side.keep()).toBeNull()
  expect(setup.side.state.get()).toMatchObject({ phase: 'ended', fault: { code: 'not_found' } })
  expect(textOf(setup)).toBe('Me.')
  setup.api.changeReplies = [stored(question('q1')).conversation]
  expect(await setup.side.keep()).toMatchObject({ id: 'c1' })
})
