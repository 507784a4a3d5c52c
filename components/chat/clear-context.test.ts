import { expect, it, vi } from 'vitest'
import { clearContext, unclearContext } from './clear-context.ts'
import { sendFirst, setUp, unreachable } from './testing/conversation-set-up.ts'
import { answer, question, stored } from './testing/scripted-api.ts'

const turn = (change: { isCleared?: boolean } = {}) =>
  stored(question('q1'), { ...answer('a1', 'q1'), ...change })

function show(seed: ReturnType<typeof stored> | null = turn()) {
  const set = setUp(seed)
  const announce = vi.fn()
  return { ...set, announce, client: { api: set.api, announce } }
}

it('asks for it at the end, shows what the server has, and says so', async () => {
  const { store, api, client, announce } = show()
  api.treeReplies = [turn({ isCleared: true })]
  expect(await clearContext(client, store)).toEqual({ isDone: true })
  expect(api.treeCalls).toEqual(['clear a1'])
  expect(store.transcript.last()?.isCleared).toBe(true)
  expect(announce).toHaveBeenCalledExactlyOnceWith(expect.stringContaining('starts afresh here'))

  api.treeReplies = [turn()]
  await unclearContext(client, store, 'a1')
  expect(store.transcript.last()?.isCleared).toBe(false)
  expect(announce).toHaveBeenLastCalledWith('Earlier messages are sent again.')
})

it('leaves out what is before a question without an answer', async () => {
  const { store, api, client } = show(stored(question('q1'), answer('a1', 'q1'), question('q2', 'a1')))
  api.treeReplies = [turn({ isCleared: true })]
  await clearContext(client, store)
  expect(api.treeCalls).toEqual(['clear a1'])
})

it('announces nothing that was refused', async () => {
  const { store, api, client, announce } = show()
  api.treeReplies = [unreachable]
  expect(await clearContext(client, store)).toEqual({ isDone: false, why: null })
  expect(store.state.get().notice).toBe(unreachable)
  expect(announce).not.toHaveBeenCalled()
})

it('asks for nothing that has no meaning, and says why', async () => {
  const fresh = show(null)
  expect(await clearContext(fresh.client, fresh.store)).toMatchObject({
    why: expect.stringContaining('nothing before'),
  })
  await sendFirst(fresh)
  expect(await clearContext(fresh.client, fresh.store)).toMatchObject({
    why: expect.stringContaining('being written'),
  })
  const cleared = show(turn({ isCleared: true }))
  expect(await clearContext(cleared.client, cleared.store)).toMatchObject({
    why: expect.stringContaining('already'),
  })
  expect([fresh.api.treeCalls, cleared.api.treeCalls]).toEqual([[], []])
})

it('says so when another change is on its way, and asks once', async () => {
  const { store, api, client } = show()
  api.treeReplies = [turn({ isCleared: true })]
  const [first, second] = await Promise.all([clearContext(client, store), clearContext(client, store)])
  expect([first.isDone, second.why]).toEqual([true, expect.stringContaining('Another change')])
  expect(api.treeCalls).toEqual(['clear a1'])
})
