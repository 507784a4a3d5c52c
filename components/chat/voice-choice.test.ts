import { expect, it, vi } from 'vitest'
import { sendFirst, settle, setUp, unreachable } from './testing/conversation-set-up.ts'
import { answer, ended, question, ScriptedStream, started, stored } from './testing/scripted-api.ts'

const turn = () => stored(question('q1'), answer('a1', 'q1'))

it('takes a choice back when the server refuses it, and says so', async () => {
  const { store, api, onModelChosen } = setUp(turn())
  api.changeReplies = [unreachable]
  const choosing = store.choose({ persona: 'casual', model: 'openai:big' })
  expect(store.state.get()).toMatchObject({ persona: 'casual', model: 'openai:big' })
  expect(await choosing).toBe(false)
  expect(store.state.get()).toMatchObject({
    ...{ persona: 'stoic', model: null, notice: { code: 'unreachable' } },
  })
  expect([api.preferred, onModelChosen.mock.calls]).toEqual([[], []])
})

it('remembers a model for the conversations to come, and nothing else', async () => {
  const { store, api, onModelChosen } = setUp()
  expect(await store.choose({ intensity: 'high' })).toBe(true)
  expect(await store.choose({ model: 'openai:big' })).toBe(true)
  expect(api.preferred).toEqual(['openai:big'])
  expect(onModelChosen).toHaveBeenCalledExactlyOnceWith('openai:big')
})

it('is what a message asks for, and what the conversation has then', async () => {
  const set = setUp()
  await set.store.choose({ model: 'openai:big', intensity: 'low' })
  await sendFirst(set)
  expect(set.api.sent[0]).toMatchObject({ persona: 'stoic', intensity: 'low', model: 'openai:big' })
  expect(set.store.state.get().conversation).toMatchObject({ model: 'openai:big', intensity: 'low' })
})

it('follows an answer that was asked for by another model, and stays with one that is continued', async () => {
  const { store, api } = setUp(turn())
  store.open(true)
  const stream = new ScriptedStream()
  api.sendReplies = [stream]
  store.branches.regenerate('q1', { model: 'openai:big' })
  await settle()
  const [request] = api.sent
  const answerId = request && 'answerId' in request ? request.answerId : ''
  stream.push(started(answerId, 'q1'), ended({ status: 'truncated' })).close()
  await settle()
  expect(store.state.get().model).toBe('openai:big')

  api.sendReplies = [new ScriptedStream().push(started(answerId, 'q1'))]
  store.continueAnswer()
  await settle()
  expect(api.sent[1]).not.toHaveProperty('model')
  expect(store.state.get().model).toBe('openai:big')
})

it('is not undone by a reading that began before it', async () => {
  const { store, api } = setUp(turn())
  const { conversation } = turn()
  api.changeReplies = [{ ...conversation, model: 'openai:big' }]
  api.readReplies = [turn()]
  const choosing = store.choose({ model: 'openai:big' })
  await store.refresh()
  await choosing
  expect(store.state.get().model).toBe('openai:big')
})

it('that is refused takes nothing back that was chosen since', async () => {
  const { store, api } = setUp(turn())
  const { conversation } = turn()
  api.changeReplies = [unreachable, { ...conversation, intensity: 'high' }]
  const both = [store.choose({ persona: 'casual' }), store.choose({ intensity: 'high' })]
  expect(await Promise.all(both)).toEqual([false, true])
  expect(store.state.get()).toMatchObject({ persona: 'stoic', intensity: 'high' })
})

it('stays where the conversation has it, also when it cannot be remembered for the next ones', async () => {
  const { store, api } = setUp(turn())
  const { conversation } = turn()
  api.changeReplies = [{ ...conversation, model: 'openai:big' }]
  vi.spyOn(api, 'preferModel').mockRejectedValue(unreachable)
  await store.choose({ model: 'openai:big' })
  expect(store.state.get()).toMatchObject({ model: 'openai:big', notice: { code: 'unreachable' } })
})
