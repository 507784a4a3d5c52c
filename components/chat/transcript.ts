import type { AssistantMessage, Message, UserMessage } from '#lib/chat/types.ts'
import { type Cell, createCell } from './cell.ts'

/** A message that the page shows by itself; which others stand in its place is known here. */
type NewMessage = Omit<UserMessage, 'siblingIds'> | Omit<AssistantMessage, 'siblingIds'>

/**
 * The messages of a conversation as they are shown, oldest first, from the first one that was read on; each can be watched
 * on its own.
 */
export interface Transcript {
  ids: Cell<readonly string[]>
  /** The cell of a message, which stays the same as long as the message is shown. */
  cellOf(id: string): Cell<Message>
  find(id: string): Message | undefined
  first(): Message | undefined
  last(): Message | undefined
  /**
   * Shows these, and before them what is shown of their branch already; messages that did not change keep their identity.
   */
  replaceAll(messages: readonly Message[]): void
  /** Shows older messages, too, if they are those that come before the first one. */
  prepend(messages: readonly Message[]): void
  /** Keeps no more than the last ones. */
  keepLast(count: number): void
  /** Shows a message after the one it answers; what stood there is shown no longer. */
  append(message: NewMessage): void
  /** Shows nothing after this message, for the moment. */
  cutAfter(id: string): void
  update(id: string, change: (message: Message) => Message): void
}

export function createTranscript(messages: readonly Message[] = []): Transcript {
  const cells = new Map<string, Cell<Message>>()
  const ids = createCell<readonly string[]>([])
  /** By their parent, those of messages that are cut off included. */
  const siblings = new Map<string | null, string[]>()

  function setIds(next: readonly string[]) {
    const before = ids.get()
    const isSame = next.length === before.length && next.every((id, index) => id === before[index])
    if (!isSame) ids.set(next)
    const kept = new Set(next)
    for (const id of cells.keys()) if (!kept.has(id)) cells.delete(id)
  }

  function put(message: Message) {
    const cell = cells.get(message.id)
    if (!cell) cells.set(message.id, createCell(message))
    else if (JSON.stringify(cell.get()) !== JSON.stringify(message)) cell.set(message)
  }

  function all(): Message[] {
    return ids.get().flatMap((id) => cells.get(id)?.get() ?? [])
  }

  function show(next: readonly Message[]) {
    siblings.clear()
    for (const message of next) {
      put(message)
      siblings.set(message.parentId, message.siblingIds)
    }
    setIds(next.map(({ id }) => id))
  }

  const transcript: Transcript = {
    ids,
    cellOf(id) {
      const cell = cells.get(id)
      if (!cell) throw new Error(`The message ${id} is not shown.`)
      return cell
    },
    find: (id) => cells.get(id)?.get(),
    first: () => cells.get(ids.get()[0] ?? '')?.get(),
    last() {
      const id = ids.get().at(-1)
      return id === undefined ? undefined : cells.get(id)?.get()
    },
    replaceAll(next) {
      const shown = all()
      // What a message follows never changes: older ones that lead to these are right, whenever they were read.
      const parent = shown.findIndex(({ id }) => id === next[0]?.parentId)
      show([...shown.slice(0, parent + 1), ...next])
    },
    prepend(older) {
      const last = older.at(-1)
      if (last && last.id === transcript.first()?.parentId) show([...older, ...all()])
    },
    keepLast(count) {
      if (ids.get().length > count) show(all().slice(-count))
    },
    append(message) {
      const shown = ids.get()
      const parent = message.parentId === null ? -1 : shown.indexOf(message.parentId)
      const before = siblings.get(message.parentId) ?? []
      const siblingIds = before.includes(message.id) ? before : [...before, message.id]
      siblings.set(message.parentId, siblingIds)
      put({ ...message, siblingIds })
      setIds([...shown.slice(0, parent + 1), message.id])
    },
    cutAfter(id) {
      const shown = ids.get()
      setIds(shown.slice(0, shown.indexOf(id) + 1))
    },
    update(id, change) {
      const cell = cells.get(id)
      if (cell) cell.set(change(cell.get()))
    },
  }
  transcript.replaceAll(messages)
  return transcript
}
