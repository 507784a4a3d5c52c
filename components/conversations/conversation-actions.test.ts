import { beforeEach, describe, expect, it, vi } from 'vitest'
import { RequestError } from '#components/chat/chat-api.ts'
import type { BulkRequest } from '#lib/chat/library-request.ts'
import type { ConversationListItem } from '#lib/chat/types.ts'
import { ConversationActions } from './conversation-actions.ts'
import { createConversationList } from './conversation-list.ts'
import type { LibraryApi } from './library-api.ts'
import { createTrashList } from './trash-list.ts'

function item(id: string, change: Partial<ConversationListItem> = {}): ConversationListItem {
  const atRest = { running: false, pinned: false, archived: false, folderId: null }
  const lastActivityAt = '2026-03-01T00:00:00.000Z'
  return { id, title: id, titleSource: 'generated', lastActivityAt, ...atRest, ...change }
}

const deletedItem = (id: string, day: string) => ({ ...item(id), deletedAt: `2026-03-${day}T00:00:00.000Z` })
const unreachable = new RequestError('unreachable', 'The server cannot be reached.')

const nothing = { conversations: [], nextCursor: null }
const changeMany = vi.fn<(request: BulkRequest) => Promise<void>>()
const deleted = vi.fn<LibraryApi['deleted']>()
const emptyTrash = vi.fn(async () => {})
const onRemoved = vi.fn()

beforeEach(() => {
  changeMany.mockReset()
  changeMany.mockResolvedValue()
  onRemoved.mockReset()
})

function setUp(...items: ConversationListItem[]) {
  const list = createConversationList(
    { recent: nothing, pinned: nothing },
    { api: { list: vi.fn() }, onMoved: () => undefined },
  )
  list.put(...items)
  const trash = createTrashList({ deleted })
  const folders = { find: (id: string | null) => (id === 'work' ? { ...folder, id } : undefined) }
  const announce = vi.fn()
  const actions = new ConversationActions({
    ...{ api: { changeMany, emptyTrash }, list, trash, folders, onRemoved, announce },
  })
  const press = async () => {
    actions.notice.get()?.action?.run()
    await vi.waitFor(() => expect(announce).toHaveBeenLastCalledWith('It is as it was before.'))
  }
  return { actions, list, trash, press }
}

const folder = {
  ...{ id: 'work', name: 'Work', persona: null, instructions: '', isOpen: true, conversationCount: 0 },
}

describe('what is done with conversations', () => {
  it('shows before the server has done it, and says so', async () => {
    const { actions, list } = setUp(item('a'), item('b'))
    const done = actions.move([item('a')], 'work')
    expect(list.find('a')?.folderId).toBe('work')
    expect(await done).toBe(true)
    expect(actions.notice.get()).toMatchObject({ text: 'Moved to “Work”: “a”', isFailure: false })
    expect(changeMany.mock.calls).toEqual([[{ ids: ['a'], action: 'move', folderId: 'work' }]])
  })

  it('is undone to what each was before', async () => {
    const items = [item('a', { folderId: 'work' }), item('b'), item('c', { folderId: 'home' })]
    const { actions, list, press } = setUp(...items)
    await actions.move(items, null)
    await press()
    expect(items.map(({ id }) => list.find(id)?.folderId)).toEqual(['work', null, 'home'])
    expect(changeMany.mock.calls.slice(1).map(([request]) => request)).toEqual([
      { ids: ['a'], action: 'move', folderId: 'work' },
      { ids: ['b'], action: 'move', folderId: null },
      { ids: ['c'], action: 'move', folderId: 'home' },
    ])
  })

  it('goes to the trash, is left on the page, and comes back from there', async () => {
    const { actions, list, trash, press } = setUp(item('a', { pinned: true }))
    await actions.delete([item('a', { pinned: true })])
    expect(list.find('a')).toBeUndefined()
    expect(trash.items.get().map(({ id }) => id)).toEqual(['a'])
    expect(onRemoved).toHaveBeenCalledWith(['a'])
    await press()
    expect(list.find('a')).toMatchObject({ pinned: true })
    expect(trash.items.get()).toEqual([])
    expect(changeMany).toHaveBeenLastCalledWith({ ids: ['a'], action: 'restore' })
  })

  it('is taken back when the server does not do it, and can be tried again', async () => {
    const { actions, list, trash } = setUp(item('a'))
    changeMany.mockRejectedValueOnce(new RequestError('unreachable', 'The server cannot be reached.'))
    expect(await actions.delete([item('a')])).toBe(false)
    expect(list.find('a')).toBeDefined()
    expect(trash.items.get()).toEqual([])
    expect(actions.notice.get()).toMatchObject({ isFailure: true, action: { label: 'Retry' } })
    actions.notice.get()?.action?.run()
    await vi.waitFor(() => expect(actions.notice.get()?.isFailure).toBe(false))
    expect(list.find('a')).toBeUndefined()
  })

  it('has no way back from being erased, and says nothing of one', async () => {
    const { actions, trash } = setUp()
    trash.put([item('a')])
    await actions.erase([item('a')])
    expect(trash.items.get()).toEqual([])
    expect(actions.notice.get()).toMatchObject({ text: 'Gone for good: “a”', action: null })
  })

  it('is asked of the server by five hundreds', async () => {
    const items = Array.from({ length: 1_001 }, (_, n) => item(`n${n}`))
    const { actions } = setUp(...items)
    await actions.archive(items)
    expect(changeMany.mock.calls.map(([{ ids }]) => ids.length)).toEqual([500, 500, 1])
    expect(actions.notice.get()?.text).toBe('Archived: 1001 conversations')
  })

  it('shows what was done and what was not, when a part of it fails', async () => {
    const items = Array.from({ length: 700 }, (_, n) => item(`n${n}`))
    const { actions, list, press } = setUp(...items)
    changeMany.mockResolvedValueOnce().mockRejectedValueOnce(unreachable)
    expect(await actions.archive(items)).toBe(false)
    expect(items.filter(({ id }) => list.find(id)?.archived)).toHaveLength(500)
    expect(actions.notice.get()?.text).toBe('Archived: 500 of 700. The server cannot be reached.')
    actions.notice.get()?.action?.run()
    await vi.waitFor(() => expect(actions.notice.get()?.text).toBe('Archived: 700 conversations'))
    expect(changeMany.mock.calls.map(([{ ids }]) => ids.length)).toEqual([500, 200, 200])
    // All of them have the way back.
    await press()
    expect(items.filter(({ id }) => list.find(id)?.archived)).toEqual([])
  })

  it('that is erased already is done, by whatever it was', async () => {
    const { actions, trash } = setUp()
    const [lost, there] = [deletedItem('a', '01'), deletedItem('b', '02')]
    trash.put([lost, there])
    const notFound = new RequestError('not_found', 'One of these conversations cannot be found.')
    changeMany.mockRejectedValueOnce(notFound)
    deleted.mockResolvedValueOnce({ conversations: [there], nextCursor: null })
    expect(await actions.erase([lost, there])).toBe(true)
    expect(changeMany).toHaveBeenLastCalledWith({ ids: ['b'], action: 'erase' })
    expect(trash.items.get()).toEqual([])
  })

  it('that was not erased stands where it stood in the trash, with the days it has left', async () => {
    const { actions, trash } = setUp()
    const items = [deletedItem('c', '20'), deletedItem('b', '10'), deletedItem('a', '01')]
    deleted.mockResolvedValueOnce({ conversations: items, nextCursor: null })
    await trash.loadMore()
    changeMany.mockRejectedValue(unreachable)
    await actions.erase(items.slice(1, 2))
    expect(trash.items.get()).toEqual(items)
    await actions.restore(items.slice(1, 2))
    expect(trash.items.get()).toEqual(items)
  })

  it('empties the trash of what was not read, too', async () => {
    const { actions, trash } = setUp()
    deleted.mockResolvedValueOnce({ conversations: [deletedItem('a', '01')], nextCursor: 'more' })
    await trash.loadMore()
    expect(await actions.emptyTrash()).toBe(true)
    expect(emptyTrash).toHaveBeenCalledTimes(1)
    expect([trash.items.get(), trash.hasMore.get()]).toEqual([[], false])
    expect(actions.notice.get()).toMatchObject({ isFailure: false, action: null })
  })

  it('with none is nothing', async () => {
    const { actions } = setUp()
    expect(await actions.pin([])).toBe(false)
    expect(changeMany).not.toHaveBeenCalled()
    expect(actions.notice.get()).toBeNull()
  })
})
