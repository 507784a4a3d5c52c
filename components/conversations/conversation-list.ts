import type { ConversationEvent, ConversationListItem, ConversationPage } from '#lib/chat/types.ts'
import { byActivity, type ConversationSection, createConversationSection } from './conversation-section.ts'
import type { LibraryApi, ListName } from './library-api.ts'

/** The first pages, as the server has put them into the page. */
export interface ListSeed {
  recent: ConversationPage
  pinned: ConversationPage
}

/**
 * The conversations as far as they were read. Each stands in one section: in the archive, else among the pinned ones,
 * else in its folder, else among the recent ones.
 */
export interface ConversationList {
  /** Of the archive or of a folder nothing is read before its `loadMore`. */
  section(name: ListName): ConversationSection
  /** What is known of a conversation; undefined: it was not read, or it is gone. */
  find(id: string): ConversationListItem | undefined
  /** Every conversation that is known, newest activity first. */
  all(): ConversationListItem[]
  /** Takes up what changed while nobody told: reads the first pages again. */
  refresh(): Promise<void>
  apply(event: ConversationEvent): void
  put(...items: ConversationListItem[]): void
  remove(...ids: string[]): void
}

interface ListOptions {
  api: Pick<LibraryApi, 'list'>
  /** An item came to stand in another section, or was new; undefined: it was not known, or is gone. */
  onMoved(before: ConversationListItem | undefined, after: ConversationListItem | undefined): void
}

export function createConversationList(seed: ListSeed, { api, onMoved }: ListOptions): ConversationList {
  const known = new Map<string, ConversationListItem>()
  const sections = new Map<ListName, ConversationSection>()

  function section(name: ListName, first: ConversationPage | null = null): ConversationSection {
    const there = sections.get(name)
    if (there) return there
    const made = createConversationSection({
      first,
      read: (before) => api.list(name, before),
      onPage: (items) => put(...items),
      onGone: (item) => {
        // It may have been put elsewhere meanwhile.
        if (known.get(item.id) === item) remove(item.id)
      },
    })
    sections.set(name, made)
    return made
  }

  function put(...items: ConversationListItem[]) {
    for (const item of items) {
      const before = known.get(item.id)
      if (before && isSame(before, item)) continue
      known.set(item.id, item)
      if (before) section(placeOf(before)).remove(before)
      section(placeOf(item)).insert(item)
      if (!before || placeOf(before) !== placeOf(item)) onMoved(before, item)
    }
  }

  function remove(...ids: string[]) {
    for (const id of ids) {
      const item = known.get(id)
      if (!item) continue
      known.delete(id)
      section(placeOf(item)).remove(item)
      onMoved(item, undefined)
    }
  }

  for (const [name, first] of Object.entries(seed)) {
    section(name, first)
    for (const item of first.conversations) known.set(item.id, item)
  }

  return {
    section: (name) => section(name),
    find: (id) => known.get(id),
    all: () => [...known.values()].sort(byActivity),
    async refresh() {
      await Promise.all([...sections.values()].map((each) => each.refresh()))
    },
    apply({ deleted, activeLeafId: _, ...item }) {
      if (deleted) remove(item.id)
      else put(item)
    },
    put,
    remove,
  }
}

export function placeOf({ archived, pinned, folderId }: ConversationListItem): ListName {
  if (archived) return 'archived'
  return pinned ? 'pinned' : (folderId ?? 'recent')
}

function isSame(a: ConversationListItem, b: ConversationListItem): boolean {
  return (
    a.title === b.title &&
    a.titleSource === b.titleSource &&
    a.lastActivityAt === b.lastActivityAt &&
    a.running === b.running &&
    a.pinned === b.pinned &&
    a.archived === b.archived &&
    a.folderId === b.folderId
  )
}
