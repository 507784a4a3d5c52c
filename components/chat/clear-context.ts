import type { ChatClient } from './chat-client.ts'
import { isAtRest } from './conversation-state.ts'
import type { ConversationStore } from './conversation-store.ts'
import { nextParentId } from './next-parent.ts'

type Asker = Pick<ChatClient, 'api' | 'announce'>

/** `why` says in words what keeps it from being done; NULL for a refusal of the server, which is said where all are. */
type Clearing = { isDone: true; why?: never } | { isDone: false; why: string | null }

/** Has the context start afresh after the last answer. */
export async function clearContext(client: Asker, store: ConversationStore): Promise<Clearing> {
  const messageId = nextParentId(store.transcript)
  const why = whyNot(store, messageId)
  if (messageId === null || why !== null) return { isDone: false, why }
  if (
    !(await store.branches.change(() => client.api.clear(store.id, messageId, store.transcript.first()?.id)))
  )
    return { isDone: false, why: null }
  client.announce('The context starts afresh here. Earlier messages are not sent any more.')
  return { isDone: true }
}

function whyNot(store: ConversationStore, messageId: string | null): string | null {
  if (!isAtRest(store.state.get()))
    return 'An answer is being written, or a message waits. Stop it or wait for its end, then start afresh.'
  if (store.branches.isChanging) return 'Another change is on its way. Try again in a moment.'
  if (messageId === null) return 'There is nothing before this that would be sent.'
  return store.transcript.find(messageId)?.isCleared ? 'The context starts afresh here already.' : null
}

/** Has what came before a place sent again. */
export async function unclearContext(
  client: Asker,
  store: ConversationStore,
  messageId: string,
): Promise<void> {
  if (
    await store.branches.change(() => client.api.unclear(store.id, messageId, store.transcript.first()?.id))
  )
    client.announce('Earlier messages are sent again.')
}
