import { fallbackTitle } from '#lib/chat/fallback-title.ts'
import type {
  Conversation,
  ConversationWithMessages,
  Intensity,
  Message,
  SummaryRef,
} from '#lib/chat/types.ts'
import type { RequestError } from './chat-api.ts'

export interface ConversationState {
  /** `new`: nothing is on the server yet. `missing`: there is none, or it is another person's. */
  load: 'new' | 'loading' | 'ready' | 'missing' | 'failed'
  /** NULL until the server's is known. */
  conversation: Conversation | null
  /** The browser keeps nothing of it, and it is erased when it is left. */
  isTemporary: boolean
  /** What the next answer is to have; intensity NULL: the persona's own. */
  persona: string
  intensity: Intensity | null
  /** As `provider:model`; NULL: the usual one. */
  model: string | null
  /** Of a new conversation: the folder that it is begun in. */
  folderId: string | null
  /**
   * `sending`: not yet acknowledged. `waiting`: nothing runs, and a message could not be sent yet. `stopping`: the
   * person has stopped it, the server not yet.
   */
  phase: 'idle' | 'sending' | 'waiting' | 'streaming' | 'stopping'
  /** The connection to the running answer is lost and being sought. */
  isReconnecting: boolean
  /** The server goes on with the running answer and cannot store it at the moment. */
  isUnsaved: boolean
  /** The one that holds on the branch that is shown. */
  summary: SummaryRef | null
  /** What went wrong beside the answers; said above the composer. */
  notice: RequestError | null
}

export interface ConversationSeed {
  id: string
  persona: string
  /** Of a new conversation; NULL: the usual one. */
  model: string | null
  isNew: boolean
  isTemporary?: boolean
  /** NULL: new, or not read yet. */
  stored: ConversationWithMessages | null
}

export function initialState({
  persona,
  model,
  isNew,
  isTemporary = false,
  stored,
}: ConversationSeed): ConversationState {
  return {
    load: stored ? 'ready' : isNew ? 'new' : 'loading',
    conversation: stored?.conversation ?? null,
    isTemporary,
    persona: stored?.conversation.persona ?? persona,
    intensity: stored?.conversation.intensity ?? null,
    model: stored ? stored.conversation.model : model,
    folderId: null,
    phase: isStreaming(stored?.messages.at(-1)) ? 'streaming' : 'idle',
    isReconnecting: false,
    isUnsaved: false,
    summary: stored?.summary ?? null,
    notice: null,
  }
}

/** Whether nothing is being written, sent or waited for. */
export function isAtRest({ phase }: ConversationState): boolean {
  return phase === 'idle'
}

/** Whether an answer is being written. */
export function isRunning(phase: ConversationState['phase']): boolean {
  return phase === 'streaming' || phase === 'stopping'
}

export function isStreaming(message: Message | undefined): boolean {
  return message?.role === 'assistant' && message.generation.status === 'streaming'
}

/** A conversation that the server has just made, as far as the page knows it; the server's own is told soon after. */
export function placeholderConversation(
  id: string,
  firstMessage: string,
  { persona, intensity, model, folderId, isTemporary }: ConversationState,
): Conversation {
  const now = new Date().toISOString()
  return {
    id,
    title: fallbackTitle(firstMessage),
    titleSource: 'placeholder',
    persona,
    intensity,
    model,
    activeLeafId: null,
    running: true,
    pinned: false,
    archived: false,
    folderId,
    createdAt: now,
    lastActivityAt: now,
    ...(isTemporary && { isTemporary }),
  }
}
