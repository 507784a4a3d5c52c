import { describe, expect, it, vi } from 'vitest'
import type { ConversationListItem, ConversationPage } from '#lib/chat/types.ts'
import { createConversationList } from './conversation-list.ts'

function item(id: string, day: number, change: Partial<ConversationListItem> = {}): ConversationListItem {
  const lastActivityAt = `2026-03-${String(day).padStart(2, '0')}T00:00:00.000Z`
  return { id, title: id, titleSource: 'generated', lastActivityAt, running: false, ...change }
}

const first: ConversationPage = { conversations: [item('c', 9), item('b', 8)], nextCursor: 'next' }

function setUp(...pages: ConversationPage[]) {
  const list = vi.fn<(before: string | null) => Promise<ConversationPage>>()
  for (const page of pages) list.mockResolvedValueOnce(page)
  const conversations = createConversationList(first, { list })
  return { conversations, list, ids: () => conversations.items.get().map(({ id }) => id) }
}

const told = { deleted: false, activeLeafId: null }

describe('the list', () => {
  it('reads page after page, each once', async () => {
    const { conversations, list, ids } = setUp({ conversations: [item('a', 7)], nextCursor: null })
    await Promise.all([conversations.loadMore(), conversations.loadMore()])
    expect(ids()).toEqual(['c', 'b', 'a'])
    expect(conversations.hasMore.get()).toBe(false)
    await conversations.loadMore()
    expect(list.mock.calls).toEqual([['next']])
  })

  it('can be asked again after a page that failed', async () => {
    const { conversations, list, ids } = setUp()
    list
      .mockRejectedValueOnce(new Error('offline'))
      .mockResolvedValueOnce({ conversations: [item('a', 7)], nextCursor: null })
    await expect(conversations.loadMore()).rejects.toThrow('offline')
    await conversations.loadMore()
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
    const [before] = conversations.items.get()
    conversations.put(item('c', 9))
    conversations.put(item('b', 8, { title: 'other' }))
    expect(conversations.items.get()[0]).toBe(before)
    expect(conversations.items.get()[1]?.title).toBe('other')
  })

  it('takes up what happened while nobody told: new, changed, deleted', async () => {
    const { conversations, ids } = setUp(
      { conversations: [item('a', 7)], nextCursor: null },
      { conversations: [item('d', 10), item('b', 8, { title: 'renamed' })], nextCursor: 'next' },
    )
    await conversations.loadMore()
    await conversations.refresh()
    expect(ids()).toEqual(['d', 'b', 'a'])
    expect(conversations.items.get()[1]?.title).toBe('renamed')
  })
})
