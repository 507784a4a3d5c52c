import type { Message } from '#lib/chat/types.ts'
import type { UnsentTurn } from './unsent-storage.ts'

/** The messages that stand before the unsent one: all of them, unless it takes the place of one. */
export function beforeUnsent(messages: readonly Message[], unsent: UnsentTurn | null): readonly Message[] {
  if (unsent === null || unsent.replaces === null) return messages
  // By its place: another tab may have put one more version there.
  const replaced = messages.findIndex(({ parentId }) => parentId === unsent.request.parentId)
  return replaced < 0 ? messages : messages.slice(0, replaced)
}
