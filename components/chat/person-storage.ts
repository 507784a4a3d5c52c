/** What a person's page keeps in the browser, by key. */
export interface PersonStorage<T> {
  load(key: string): T | null
  save(key: string, value: T): void
  clear(key: string): void
  keys(): string[]
  /** Whether something is held only in memory, and would go with the page. */
  isForgetful(): boolean
}

interface PersonStorageOptions<T> {
  /** What the names of its entries begin with. */
  prefix: string
  userId: string
  /** What was stored, or null when it is something else. */
  parse(stored: unknown): T | null
  storage?: () => Storage
  /** Called when something is held only in memory, and when that is over. */
  onForgetful?: () => void
}

/** Values in the browser's storage, per person; in memory when that is full or forbidden. */
export function createPersonStorage<T>({
  prefix,
  userId,
  parse,
  storage = () => localStorage,
  onForgetful = () => {},
}: PersonStorageOptions<T>): PersonStorage<T> {
  const memory = new Map<string, T>()
  const start = `${prefix}:${userId}:`

  /** Browsers throw when storage is full, blocked by the person, or not there at all. */
  function attempt<R>(action: (store: Storage) => R): R | undefined {
    try {
      return action(storage())
    } catch {
      return undefined
    }
  }

  function forget(key: string) {
    if (memory.delete(key)) onForgetful()
  }

  return {
    load(key) {
      const held = memory.get(key)
      if (held) return held
      const stored = attempt((store) => store.getItem(start + key))
      return stored ? parse(parseJson(stored)) : null
    },
    save(key, value) {
      const isSaved = attempt((store) => {
        store.setItem(start + key, JSON.stringify(value))
        return true
      })
      if (isSaved) return forget(key)
      // What was stored before is older than what is held now.
      attempt((store) => store.removeItem(start + key))
      memory.set(key, value)
      onForgetful()
    },
    clear(key) {
      forget(key)
      attempt((store) => store.removeItem(start + key))
    },
    keys() {
      const names =
        attempt((store) => Array.from({ length: store.length }, (_, index) => store.key(index))) ?? []
      const stored = names.flatMap((name) => (name?.startsWith(start) ? name.slice(start.length) : []))
      return [...new Set([...memory.keys(), ...stored])]
    },
    isForgetful: () => memory.size > 0,
  }
}

/** Takes everything that is kept of a person out of the browser's storage; what a page of theirs holds goes with the page. */
export function forgetPerson(userId: string, storage: () => Storage = () => localStorage): void {
  try {
    const store = storage()
    const names = Array.from({ length: store.length }, (_, index) => store.key(index))
    for (const name of names) if (name?.split(':')[1] === userId) store.removeItem(name)
  } catch {
    // Blocked by the person: nothing is kept there.
  }
}

function parseJson(text: string): unknown {
  try {
    return JSON.parse(text)
  } catch {
    return null
  }
}
