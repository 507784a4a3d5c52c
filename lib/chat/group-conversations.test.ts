import { describe, expect, it } from 'vitest'
import { groupConversations } from './group-conversations.ts'
import type { ConversationListItem } from './types.ts'

function conversation(lastActivityAt: string): ConversationListItem {
  return {
    id: lastActivityAt,
    title: '',
    titleSource: 'generated',
    lastActivityAt,
    running: false,
    pinned: false,
    archived: false,
    folderId: null,
  }
}

function labels(times: string[], now: string, timeZone = 'UTC') {
  const groups = groupConversations(times.map(conversation), { now: new Date(now), timeZone })
  return groups.map(({ label, conversations }) => [label, conversations.length])
}

describe('groupConversations', () => {
  it('goes from today back to months, and names the year of other years', () => {
    const times = [
      '2026-03-12T23:59:00Z',
      '2026-03-12T00:00:00Z',
      '2026-03-11T23:59:59Z',
      '2026-03-10T12:00:00Z',
      '2026-03-05T00:00:00Z',
      '2026-03-04T23:59:59Z',
      '2026-02-28T12:00:00Z',
      '2025-12-31T23:59:59Z',
      '2025-02-01T00:00:00Z',
    ]
    expect(labels(times, '2026-03-12T12:00:00Z')).toEqual([
      ['Today', 2],
      ['Yesterday', 1],
      ['Previous 7 days', 2],
      ['March', 1],
      ['February', 1],
      ['December 2025', 1],
      ['February 2025', 1],
    ])
  })

  it('takes the days of the person’s time zone', () => {
    const now = '2026-03-12T05:00:00Z'
    expect(labels(['2026-03-12T02:00:00Z'], now, 'UTC')).toEqual([['Today', 1]])
    expect(labels(['2026-03-12T02:00:00Z'], now, 'America/New_York')).toEqual([['Yesterday', 1]])
    expect(labels(['2026-03-11T20:00:00Z'], now, 'Asia/Tokyo')).toEqual([['Today', 1]])
  })

  it('counts days, not hours, where the clocks change', () => {
    // In Berlin the night to 29 March 2026 has 23 hours.
    const now = '2026-03-29T22:30:00Z'
    expect(labels(['2026-03-28T23:30:00Z', '2026-03-28T22:30:00Z'], now, 'Europe/Berlin')).toEqual([
      ['Yesterday', 1],
      ['Previous 7 days', 1],
    ])
  })

  it('takes what lies in the future for today', () => {
    expect(labels(['2026-03-14T00:00:00Z'], '2026-03-12T12:00:00Z')).toEqual([['Today', 1]])
  })
})
