import { describe, expect, it, vi } from 'vitest'
import type { ActionPage } from '#components/actions/action.ts'
import { actions } from '#components/actions/actions.ts'
import { argumentOptions } from '#components/chat/run-command.ts'
import type { SearchResult } from '#lib/chat/search.ts'
import type { ConversationListItem } from '#lib/chat/types.ts'
import { listEntries } from './palette-entries.ts'

// There is no page; its theme is the system's.
vi.stubGlobal('document', { documentElement: { dataset: {} } })

const personas = [
  { id: 'stoic', label: 'Stoic', description: 'Calm', intensity: 'medium' as const, starters: [] },
  { id: 'tutor', label: 'Tutor', description: 'Asks', intensity: 'low' as const, starters: [] },
]
const models = [{ provider: 'openai', model: 'usual', isAiModel: true }] as const
// Only what choices are made of is asked for.
const page = { client: { personas, models: [...models] }, store: null } as unknown as ActionPage

const conversations = ['On courage', 'Statistics for tutors', 'Three', 'Four', 'Five', 'Six'].map(
  (title, index): ConversationListItem => ({
    ...{ id: `c${index}`, title, titleSource: 'generated', running: false, pinned: false },
    ...{ archived: false, folderId: null },
    lastActivityAt: '2026-03-01T00:00:00.000Z',
  }),
)
const offered = actions.filter(({ id }) =>
  ['new-conversation', 'statistics', 'persona', 'theme'].includes(id),
)

function list(query: string, step: (typeof actions)[number] | null = null, found: SearchResult[] = []) {
  const groups = listEntries({ query, page, actions: offered, conversations, found, step })
  return Object.fromEntries(groups.map(({ value, items }) => [value, items.map(({ label }) => label)]))
}

describe('the palette', () => {
  it('lists everything by sections, with what was read last near the top', () => {
    const listed = list('')
    expect(Object.keys(listed)).toEqual(['Conversations', 'Recent', 'This conversation', 'Appearance'])
    expect(listed.Recent).toEqual(['On courage', 'Statistics for tutors', 'Three', 'Four', 'Five'])
  })

  it('finds actions and conversations', () => {
    expect(list('stat')).toEqual({
      Actions: ['Statistics'],
      Conversations: ['Statistics for tutors'],
      'In messages': ['Search everything for “stat”'],
    })
    expect(list(' zzz ')).toEqual({ 'In messages': ['Search everything for “zzz”'] })
  })

  it('lists what the server has found below, and no title twice', () => {
    const passage = {
      ...{ kind: 'message' as const, messageId: 'm1', role: 'user' as const, writer: null, at: '' },
      text: [{ text: 'tutors', isMatch: true }],
    }
    const of = (conversationId: string, title: string, passages: SearchResult['passages']): SearchResult => ({
      ...{ conversationId, title: [{ text: title, isMatch: false }], persona: 'stoic', passages },
      ...{ pinned: false, archived: false, lastActivityAt: '' },
    })
    const found = [
      of('c1', 'Statistics for tutors', []),
      of('c9', 'An old one', []),
      of('c1', 'Again', [passage]),
    ]
    expect(list('tutors', null, found)).toMatchObject({
      Conversations: ['Statistics for tutors'],
      'In messages': ['An old one', 'Again', 'Search everything for “tutors”'],
    })
  })

  it('finds a choice by its own name, whole', () => {
    expect(list('tutor').Actions).toEqual(['Change persona: Tutor'])
    expect(list('dark').Actions).toEqual(['Theme: Dark', 'Theme'])
  })

  it('lists what an action chooses among, and finds it by what is said of it', () => {
    const persona = actions.find(({ id }) => id === 'persona') ?? null
    expect(list('', persona)).toEqual({ 'Change persona': ['Stoic', 'Tutor'] })
    expect(list('asks', persona)).toEqual({ 'Change persona': ['Tutor'] })
  })

  it('says which choice holds', () => {
    const theme = actions.find(({ id }) => id === 'theme') ?? null
    const [group] = listEntries({ query: '', page, actions: offered, conversations, found: [], step: theme })
    const chosen = group?.items.filter((entry) => entry.kind === 'choice' && entry.isChosen)
    expect(chosen?.map(({ label }) => label)).toEqual(['As the system'])
  })
})

it('every action has a name of its own, and every key one meaning', () => {
  const keys = actions.flatMap((action) => action.keys.map((key) => JSON.stringify(key)))
  expect(new Set(keys).size).toBe(keys.length)
  expect(new Set(actions.map(({ id }) => id)).size).toBe(actions.length)
  expect(new Set(actions.map(({ label }) => label)).size).toBe(actions.length)
})

it('takes no key that browsers have: with Ctrl only K, which they give to pages, and /', () => {
  const withCtrl = actions
    .flatMap(({ keys }) => keys)
    .filter(({ modifier }) => modifier === 'mod')
    .map(({ key }) => key)
  expect(withCtrl.toSorted()).toEqual(['/', 'k'])
})

it('chooses what the commands choose', () => {
  const choices = actions.find(({ id }) => id === 'persona')?.choices?.(page)
  expect(choices).toEqual(argumentOptions(page.client).persona)
})
