import { expect, it } from 'vitest'
import { RequestError } from './chat-api.ts'
import { sentId, settle, setUp, texts, unreachable } from './testing/conversation-set-up.ts'
import { answer, question, ScriptedStream, started, stored } from './testing/scripted-api.ts'

const older = [question('q1'), answer('a1', 'q1')]
const newer = [question('q2', 'a1'), answer('a2', 'q2')]
const all = ['text of q1', 'text of a1', 'text of q2', 'text of a2']
const now = (change: () => void) => change()

it('reads the page before what is shown, until there is none', async () => {
  const { store, api } = setUp(stored(...newer))
  api.pageReplies = [older]
  expect(store.earlier.areThere).toBe(true)
  const reading = store.earlier.read(now)
  expect(store.earlier.state.get()).toBe('loading')
  expect(await Promise.all([reading, store.earlier.read(now)]), 'one page at a time').toEqual([true, false])
  expect(texts(store)).toEqual(all)
  expect(store.earlier.areThere).toBe(false)
  expect(await store.earlier.read(now)).toBe(false)
  expect(api.treeCalls).toEqual(['readBefore q2'])
})

it('says when that fails, and can be asked again', async () => {
  const { store, api } = setUp(stored(...newer))
  api.pageReplies = [unreachable, older]
  await store.earlier.read(now)
  expect(store.earlier.state.get()).toBe('failed')
  await store.earlier.read(now)
  expect(texts(store)).toEqual(all)
})

it('a refresh reads all that is shown, and keeps what came meanwhile', async () => {
  const { store, api } = setUp(stored(...newer))
  api.pageReplies = [older]
  api.readReplies = [stored(...newer, question('q3', 'a2'))]
  const refreshing = store.refresh()
  await store.earlier.read(now)
  await refreshing
  expect(texts(store)).toEqual([...all, 'text of q3'])
  api.readReplies = [stored(...older, ...newer)]
  await store.refresh()
  expect(api.readFrom).toEqual(['q2', 'q1'])
})

it('a conversation that is left begins with its end again, unless something in it is being edited', () => {
  const many = Array.from({ length: 40 }, (_, index) => question(`q${index}`, index ? `q${index - 1}` : null))
  const { store } = setUp(stored(...many))
  store.branches.startEditing('q3')
  store.close()
  expect(texts(store)).toHaveLength(40)
  store.branches.stopEditing()
  store.close()
  expect(texts(store)).toHaveLength(30)
})

it('another version of the first message that is shown takes its place', async () => {
  const { store, api } = setUp(stored(...newer))
  const stream = new ScriptedStream()
  api.sendReplies = [stream]
  store.branches.startEditing('q2')
  store.branches.sendEdited('put better')
  await settle()
  stream.push(started('a3', sentId(api)))
  await settle()
  expect(texts(store)).toEqual(['put better', ''])
  expect(store.earlier.areThere).toBe(true)
})

it('reaches an older message of the branch with all between, and knows what is on another', async () => {
  const { store, api } = setUp(stored(...newer))
  api.readReplies = [stored(...older, ...newer), stored(...newer), new RequestError('not_found', 'gone')]
  expect(await store.reach('q1')).toBe('shown')
  expect(texts(store)).toEqual(all)
  expect(await store.reach('elsewhere')).toBe('elsewhere')
  expect(await store.reach('x')).toBe('failed')
  expect(store.state.get().notice?.message).toBe('gone')
})
