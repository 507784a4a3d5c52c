import type { Message } from '#lib/chat/types.ts'
import { type Cell, createCell } from './cell.ts'

/** The messages of a conversation as they are shown, oldest first; each can be watched on its own. */
export interface Transcript {
  ids: Cell<readonly string[]>
  /** The cell of a message, which stays the same as long as the message is shown. */
  cellOf(id: string): Cell<Message>
  find(id: string): Message | undefined
  last(): Message | undefined
  /** Shows exactly these; messages that did not change keep their identity. */
  replaceAll(messages: readonly Message[]): void
  /** Shows a message after the one it answers; what stood there is shown no longer. */
  append(message: Message): void
  update(id: string, change: (message: Message) => Message): void
  remove(id: string): void
}

export function createTranscript(messages: readonly Message[] = []): Transcript {
  const cells = new Map<string, Cell<Message>>()
  const ids = createCell<readonly string[]>([])

  function setIds(next: readonly string[]) {
    const before = ids.get()
    const isSame = next.length === before.length && next.every((id, index) => id === before[index])
    if (!isSame) ids.set(next)
    for (const id of cells.keys()) if (!next.includes(id)) cells.delete(id)
  }

  function put(message: Message) {
    const cell = cells.get(message.id)
    if (!cell) cells.set(message.id, createCell(message))
    else if (JSON.stringify(cell.get()) !== JSON.stringify(message)) cell.set(message)
  }

  const transcript: Transcript = {
    ids,
    cellOf(id) {
      const cell = cells.get(id)
      if (!cell) throw new Error(`The message ${id} is not shown.`)
      return cell
    },
    find: (id) => cells.get(id)?.get(),
    last() {
      const id = ids.get().at(-1)
      return id === undefined ? undefined : cells.get(id)?.get()
    },
    replaceAll(next) {
      for (const message of next) put(message)
      setIds(next.map(({ id }) => id))
    },
    append(message) {
      const shown = ids.get()
      const parent = message.parentId === null ? -1 : shown.indexOf(message.parentId)
      put(message)
      setIds([...shown.slice(0, parent + 1), message.id])
    },
    update(id, change) {
      const cell = cells.get(id)
      if (cell) cell.set(change(cell.get()))
    },
    remove(id) {
      setIds(ids.get().filter((other) => other !== id))
    },
  }
  transcript.replaceAll(messages)
  return transcript
}
