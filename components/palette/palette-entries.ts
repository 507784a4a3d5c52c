import { type ActionPage, sections } from '#components/actions/action.ts'
import type { KnownAction } from '#components/actions/actions.ts'
import type { ArgumentOption } from '#lib/chat/commands.ts'
import type { SearchResult } from '#lib/chat/search.ts'
import { noFilters, searchAddress } from '#lib/chat/search-input.ts'
import type { ConversationListItem } from '#lib/chat/types.ts'
import { findBest } from './match-query.ts'

/** One line of the palette. */
export type Entry = { id: string; label: string; keywords?: string | undefined } & (
  | { kind: 'action'; action: KnownAction }
  | { kind: 'choice'; action: KnownAction; option: ArgumentOption; isChosen: boolean }
  | { kind: 'conversation'; item: ConversationListItem }
  | { kind: 'found'; result: SearchResult }
  | { kind: 'search'; address: string }
)

/** Lines under one heading. */
export interface EntryGroup {
  value: string
  items: Entry[]
}

interface Listed {
  query: string
  page: ActionPage
  /** Those that are offered on the page. */
  actions: readonly KnownAction[]
  /** The newest first. */
  conversations: readonly ConversationListItem[]
  /** What the server has found for the query, as far as it has answered. */
  found: readonly SearchResult[]
  /** Of which action a choice is made; NULL: none yet. */
  step: KnownAction | null
}

const MOST_RECENT = 5
const MOST_ACTIONS = 8
const MOST_TITLES = 6

/** What the palette lists: everything by sections, or what fits the query, or the choices of an action. */
export function listEntries({ query, page, actions, conversations, found, step }: Listed): EntryGroup[] {
  if (step) return filled([{ value: step.label, items: findBest(query, choicesOf(step, page)) }])
  const titles = conversations.map(entryOfConversation)
  if (query.trim() === '') {
    const bySection = sections.map((section) => ({
      value: section as string,
      items: actions.filter((action) => action.section === section).map(entryOfAction),
    }))
    const [first, ...rest] = bySection
    return filled([
      ...(first ? [first] : []),
      { value: 'Recent', items: titles.slice(0, MOST_RECENT) },
      ...rest,
    ])
  }
  const fitting = findBest(
    query,
    actions.flatMap((action) => [entryOfAction(action), ...spelledOut(action, page)]),
  )
  const titled = findBest(query, titles).slice(0, MOST_TITLES)
  const isListed = ({ conversationId }: SearchResult) => titled.some(({ id }) => id === conversationId)
  return filled([
    { value: 'Actions', items: fitting.slice(0, MOST_ACTIONS) },
    { value: 'Conversations', items: titled },
    {
      value: 'In messages',
      // What has it in its title alone stands above, if this page knew of it.
      items: [
        ...found.filter((result) => result.passages.length > 0 || !isListed(result)).map(entryOfResult),
        searchFor(query.trim()),
      ],
    },
  ])
}

function entryOfAction(action: KnownAction): Entry {
  const { id, label, keywords } = action
  return { kind: 'action', id, label, keywords, action }
}

function entryOfConversation(item: ConversationListItem): Entry {
  return { kind: 'conversation', id: item.id, label: item.title, item }
}

function entryOfResult(result: SearchResult): Entry {
  const label = result.title.map(({ text }) => text).join('')
  return { kind: 'found', id: `found ${result.conversationId}`, label, result }
}

/** The page that finds more, and narrows it. */
function searchFor(query: string): Entry {
  const address = searchAddress({ ...noFilters, q: query })
  return { kind: 'search', id: 'search', label: `Search everything for “${query}”`, address }
}

function choicesOf(action: KnownAction, page: ActionPage): Entry[] {
  const options = action.choices?.(page) ?? []
  const chosen = options.length > 0 ? action.chosen?.(page) : undefined
  return options.map((option) => ({
    ...{ kind: 'choice' as const, id: `${action.id} ${option.value}`, label: option.label },
    ...{ keywords: option.description, action, option, isChosen: option.value === chosen },
  }))
}

/** The choices of an action as lines of their own, so that a persona's name is enough to choose it. */
function spelledOut(action: KnownAction, page: ActionPage): Entry[] {
  return choicesOf(action, page).map((entry) => ({
    ...entry,
    label: `${action.label}: ${entry.label}`,
    keywords: undefined,
  }))
}

function filled(groups: EntryGroup[]): EntryGroup[] {
  return groups.filter(({ items }) => items.length > 0)
}
