/** A value that can be watched: what a part of the page reads, kept outside React so that only that part is drawn again. */
export interface Cell<T> {
  get(): T
  /** Tells the watchers, unless the value is the same. */
  set(value: T): void
  /** Returns what ends the watching. */
  subscribe(listener: () => void): () => void
}

export function createCell<T>(initial: T): Cell<T> {
  let current = initial
  const listeners = new Set<() => void>()
  return {
    get: () => current,
    set(value) {
      if (Object.is(value, current)) return
      current = value
      for (const listener of listeners) listener()
    },
    subscribe(listener) {
      listeners.add(listener)
      return () => listeners.delete(listener)
    },
  }
}
