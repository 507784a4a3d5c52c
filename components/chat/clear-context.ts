import type { ChatClient } from './chat-client.ts'
import { isAtRest } from './conversation-state.ts'
import type { ConversationStore } from './conversation-store.ts'
import { nextParentId } from './next-parent.ts'

type Asker = Pick<ChatClient, 'api' | 'announce'>

/**
 * Has the context start afresh after the last answer.
 *
 * @returns what keeps it from that, in words, or NULL when it was asked for: a refusal is said where all are
 */
export async function clearContext(client: Asker, store: ConversationStore): Promise<string | null> {
  const messageId = nextParentId(store.transcript)
  if (!isAtRest(store.state.get()))
    return 'An answer is being written, or a message waits. Stop it or wait for its end, then start afresh.'
  if (messageId === null) return 'There is nothing before this that would be sent.'
  if (store.transcript.find(messageId)?.isCleared) return 'The context starts afresh here already.'
  if (await store.branches.change(() => client.api.clear(store.id, messageId))) {
    client.announce('The context starts afresh here. Earlier messages are not sent any more.')
  }
  return null
}

/** Has what came before a place sent again. */
export async function unclearContext(
  client: Asker,
  store: ConversationStore,
  messageId: string,
): Promise<void> {
  if (await store.branches.change(() => client.api.unclear(store.id, messageId)))
    client.announce('Earlier messages are sent again.')
}
