import { describe, expect, it, vi } from 'vitest'
import type { ConversationListItem, ConversationPage } from '#lib/chat/types.ts'
import { createConversationList } from './conversation-list.ts'
import type { LibraryApi } from './library-api.ts'

function item(id: string, day: number, change: Partial<ConversationListItem> = {}): ConversationListItem {
  const lastActivityAt = `2026-03-${String(day).padStart(2, '0')}T00:00:00.000Z`
  const atRest = { running: false, pinned: false, archived: false, folderId: null }
  return { id, title: id, titleSource: 'generated', lastActivityAt, ...atRest, ...change }
}

const recent: ConversationPage = { conversations: [item('c', 9), item('b', 8)], nextCursor: 'next' }
const nothing: ConversationPage = { conversations: [], nextCursor: null }

function setUp(...pages: ConversationPage[]) {
  const list = vi.fn<LibraryApi['list']>()
  for (const page of pages) list.mockResolvedValueOnce(page)
  const onMoved = vi.fn()
  const conversations = createConversationList({ recent, pinned: nothing }, { api: { list }, onMoved })
  const ids = (name = 'recent') =>
    conversations
      .section(name)
      .items.get()
      .map(({ id }) => id)
  return { conversations, list, ids, onMoved }
}

const told = { deleted: false, activeLeafId: null }

describe('the list', () => {
  it('reads page after page, each once', async () => {
    const { conversations, list, ids } = setUp({ conversations: [item('a', 7)], nextCursor: null })
    const section = conversations.section('recent')
    await Promise.all([section.loadMore(), section.loadMore()])
    expect(ids()).toEqual(['c', 'b', 'a'])
    expect(section.hasMore.get()).toBe(false)
    await section.loadMore()
    expect(list.mock.calls).toEqual([['recent', 'next']])
  })

  it('can be asked again after a page that failed', async () => {
    const { conversations, list, ids } = setUp()
    list
      .mockRejectedValueOnce(new Error('offline'))
      .mockResolvedValueOnce({ conversations: [item('a', 7)], nextCursor: null })
    await expect(conversations.section('recent').loadMore()).rejects.toThrow('offline')
    await conversations.section('recent').loadMore()
    expect(ids()).toEqual(['c', 'b', 'a'])
  })

  it('moves what is active to the top, and takes in what is new', () => {
    const { conversations, ids } = setUp()
    conversations.apply({ ...item('b', 10, { running: true }), ...told })
    expect(ids()).toEqual(['b', 'c'])
    conversations.apply({ ...item('d', 11), ...told })
    expect(ids()).toEqual(['d', 'b', 'c'])
  })

  it('orders what is equally old as the server does, by id from the last', () => {
    const { conversations, ids } = setUp()
    conversations.put(item('cc', 9))
    expect(ids()).toEqual(['cc', 'c', 'b'])
  })

  it('drops what was deleted', () => {
    const { conversations, ids } = setUp()
    conversations.apply({ ...item('c', 9), ...told, deleted: true })
    expect(ids()).toEqual(['b'])
  })

  it('keeps the identity of what did not change', () => {
    const { conversations } = setUp()
    const items = () => conversations.section('recent').items.get()
    const [before] = items()
    conversations.put(item('c', 9))
    conversations.put(item('b', 8, { title: 'other' }))
    expect(items()[0]).toBe(before)
    expect(items()[1]?.title).toBe('other')
  })

  it('takes up what happened while nobody told: new, changed, deleted', async () => {
    const { conversations, list, ids } = setUp({ conversations: [item('a', 7)], nextCursor: null })
    await conversations.section('recent').loadMore()
    const now = [item('d', 10), item('b', 8, { title: 'renamed' })]
    list.mockImplementation(async (name) =>
      name === 'recent' ? { conversations: now, nextCursor: 'next' } : nothing,
    )
    await conversations.refresh()
    expect(ids()).toEqual(['d', 'b', 'a'])
    expect(conversations.find('b')?.title).toBe('renamed')
    expect(conversations.find('c')).toBeUndefined()
  })

  it('goes on beyond its first page, when more came than it has room for', async () => {
    const list = vi.fn<LibraryApi['list']>(async () => nothing)
    const seed = { recent: { conversations: [item('c', 9)], nextCursor: null }, pinned: nothing }
    const conversations = createConversationList(seed, { api: { list }, onMoved: () => undefined })
    const recent = conversations.section('recent')
    expect(recent.hasMore.get()).toBe(false)
    list.mockImplementation(async (name, before) => {
      if (name !== 'recent') return nothing
      if (before === null) return { conversations: [item('e', 11), item('d', 10)], nextCursor: 'imported' }
      return { conversations: [item('c', 9), item('a', 7)], nextCursor: null }
    })
    await conversations.refresh()
    expect(recent.hasMore.get()).toBe(true)
    await recent.loadMore()
    expect(list).toHaveBeenLastCalledWith('recent', 'imported')
    expect(recent.items.get().map(({ id }) => id)).toEqual(['e', 'd', 'c', 'a'])
    // What was read on is not read again.
    await conversations.refresh()
    expect(recent.hasMore.get()).toBe(false)
  })

  it('has each conversation in one place: the archive, the pinned ones, its folder, the rest', () => {
    const { conversations, ids, onMoved } = setUp()
    conversations.put(item('c', 9, { folderId: 'work' }))
    expect([ids(), ids('work')]).toEqual([['b'], ['c']])
    conversations.put(item('c', 9, { folderId: 'work', pinned: true }))
    expect([ids('work'), ids('pinned')]).toEqual([[], ['c']])
    conversations.put(item('c', 9, { folderId: 'work', pinned: true, archived: true }))
    expect([ids('pinned'), ids('archived')]).toEqual([[], ['c']])
    expect(onMoved).toHaveBeenCalledTimes(3)
    conversations.put(item('c', 9, { folderId: 'work', pinned: true, archived: true, title: 'renamed' }))
    expect(onMoved).toHaveBeenCalledTimes(3)
  })

  it('reads of a folder nothing until it is asked to, and what is moved away meanwhile stays there', async () => {
    const { conversations, list, ids } = setUp()
    await conversations.section('work').refresh()
    expect(list).not.toHaveBeenCalled()
    list.mockImplementation(async (name) => {
      // While the recent ones are read, one of them is moved.
      conversations.put(item('b', 8, { folderId: 'work' }))
      return name === 'recent' ? { conversations: [item('c', 9)], nextCursor: null } : nothing
    })
    await conversations.section('recent').refresh()
    expect([ids(), ids('work')]).toEqual([['c'], ['b']])
  })

  it('takes an event of ten thousand without sorting them anew', () => {
    const { conversations } = setUp()
    const minute = (n: number) => new Date(Date.UTC(2025, 0, 1) + n * 60_000).toISOString()
    for (let n = 0; n < 10_000; n += 1) conversations.put(item(`n${n}`, 1, { lastActivityAt: minute(n) }))
    const get = vi.fn(() => minute(99_999))
    conversations.put(Object.defineProperty(item('n5', 1), 'lastActivityAt', { get, enumerable: true }))
    expect(conversations.section('recent').items.get()[2]?.id).toBe('n5')
    expect(get.mock.calls.length).toBeLessThan(100)
  })
})
