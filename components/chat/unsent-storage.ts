import type { SendMessage } from '#lib/chat/chat-request.ts'
import { createPersonStorage, type PersonStorage } from './person-storage.ts'

/** A message that the server has not acknowledged, with everything that sending it again takes. */
export interface UnsentTurn {
  request: SendMessage
  createdAt: string
  /** The question that it is another version of; NULL: it was written to follow the newest message. */
  replaces: string | null
  /** Whether it begins a conversation. */
  isFirst: boolean
  /** What another tab had begun to send when this one was put in its place; it is next. */
  behind?: UnsentTurn
}

/** Where messages wait to be sent: one per conversation. */
export type UnsentStorage = PersonStorage<UnsentTurn>

const PREFIX = 'stoa-unsent'

/** Unsent messages in the browser's storage, per person. */
export function createUnsentStorage(
  userId: string,
  storage?: () => Storage,
  onForgetful?: () => void,
): UnsentStorage {
  return createPersonStorage({ prefix: PREFIX, userId, parse: parseUnsent, storage, onForgetful })
}

/** Whether a change of the browser's storage (NULL: of all of it) concerns unsent messages. */
export function isUnsentEntry(name: string | null): boolean {
  return name === null || name.startsWith(PREFIX)
}

/** Whether a message of anybody waits in this browser to be sent. */
export function holdsUnsent(storage: () => Storage = () => localStorage): boolean {
  try {
    const store = storage()
    return Array.from({ length: store.length }, (_, index) => store.key(index)).some((name) =>
      name?.startsWith(`${PREFIX}:`),
    )
  } catch {
    // Blocked by the person: nothing is kept there.
    return false
  }
}

function parseUnsent(stored: unknown): UnsentTurn | null {
  const turn = stored as Partial<UnsentTurn> | null
  const message = turn?.request?.message
  return typeof message?.text === 'string' && typeof message.id === 'string' ? (turn as UnsentTurn) : null
}
