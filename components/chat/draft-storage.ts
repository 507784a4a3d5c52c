/** What was typed and not yet answered for by the server. */
export interface Draft {
  text: string
  /** Set once it was sent: sending it again under this id cannot send it twice. */
  messageId?: string
  /** For a new conversation: the id it was sent under. */
  conversationId?: string
}

/** Where drafts are kept: one per conversation, and one for the new conversation. */
export interface DraftStorage {
  load(key: string): Draft | null
  save(key: string, draft: Draft): void
  clear(key: string): void
}

const PREFIX = 'stoa-draft:'

/** Drafts in the browser's storage, per person; in memory when that is full or forbidden. */
export function createDraftStorage(
  userId: string,
  storage: () => Storage = () => localStorage,
): DraftStorage {
  const memory = new Map<string, Draft>()
  const nameOf = (key: string) => `${PREFIX}${userId}:${key}`

  /** Browsers throw when storage is full, blocked by the person, or not there at all. */
  function attempt<T>(action: (store: Storage) => T): T | undefined {
    try {
      return action(storage())
    } catch {
      return undefined
    }
  }

  return {
    load(key) {
      const held = memory.get(key)
      if (held) return held
      const stored = attempt((store) => store.getItem(nameOf(key)))
      return stored ? parseDraft(stored) : null
    },
    save(key, draft) {
      const saved = attempt((store) => {
        store.setItem(nameOf(key), JSON.stringify(draft))
        return true
      })
      if (saved) memory.delete(key)
      else memory.set(key, draft)
    },
    clear(key) {
      memory.delete(key)
      attempt((store) => store.removeItem(nameOf(key)))
    },
  }
}

function parseDraft(stored: string): Draft | null {
  try {
    const draft = JSON.parse(stored) as Partial<Draft> | null
    return typeof draft?.text === 'string' ? (draft as Draft) : null
  } catch {
    return null
  }
}
