import { type Cell, createCell } from '#components/chat/cell.ts'

/** The conversations that are chosen to do something with them. */
export interface Selection {
  /** NULL: nothing is being chosen, and a row leads to its conversation. */
  ids: Cell<ReadonlySet<string> | null>
  begin(...ids: string[]): void
  end(): void
  /** Chooses it, or not any more. A range begins there. */
  toggle(id: string): void
  /** Chooses all from where the last one was chosen to this one, in the order in which they are shown. */
  extend(id: string, order: readonly string[]): void
  /** It is not there any more. */
  drop(id: string): void
}

export function createSelection(): Selection {
  const ids = createCell<ReadonlySet<string> | null>(null)
  let anchor: string | null = null

  return {
    ids,
    begin(...chosen) {
      anchor = chosen.at(-1) ?? null
      ids.set(new Set(chosen))
    },
    end() {
      anchor = null
      ids.set(null)
    },
    toggle(id) {
      const chosen = new Set(ids.get())
      if (!chosen.delete(id)) chosen.add(id)
      anchor = id
      ids.set(chosen)
    },
    extend(id, order) {
      const [from, to] = [order.indexOf(anchor ?? id), order.indexOf(id)].sort((a, b) => a - b)
      const range = from === undefined || from < 0 ? [id] : order.slice(from, (to ?? from) + 1)
      ids.set(new Set([...(ids.get() ?? []), ...range]))
    },
    drop(id) {
      const chosen = ids.get()
      if (!chosen?.has(id)) return
      const left = new Set(chosen)
      left.delete(id)
      ids.set(left)
    },
  }
}
