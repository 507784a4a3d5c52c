import type { ConversationParts } from './conversation-parts.ts'
import type { ConversationState } from './conversation-state.ts'

type PhaseParts = Pick<ConversationParts, 'state' | 'delivery' | 'outbox'>

/**
 * Changes some of what is known of a conversation. What is known already is no change: much is told with every piece of an
 * answer, and nearly all of the page watches this.
 */
export function change({ state }: Pick<PhaseParts, 'state'>, changed: Partial<ConversationState>): void {
  const before = state.get()
  const after = { ...before, ...changed }
  const names = Object.keys(changed) as (keyof ConversationState)[]
  if (names.some((name) => !Object.is(after[name], before[name]))) state.set(after)
}

/** Whether a turn is on its way that the server has not acknowledged. */
export function isSending({ state, delivery }: PhaseParts): boolean {
  return state.get().phase === 'sending' || delivery.isSending
}

/** The phase of a conversation in which no answer is being written. */
export function phaseAtRest({ delivery }: Pick<PhaseParts, 'delivery'>): 'idle' | 'waiting' {
  return delivery.isPending ? 'waiting' : 'idle'
}

/** Looks at what is kept in the browser: another tab may have left a message to be sent, or sent the one that waited. */
export function lookForUnsent(parts: PhaseParts): void {
  parts.outbox.sync()
  const { phase } = parts.state.get()
  if (phase === 'idle' || phase === 'waiting') {
    const atRest = phaseAtRest(parts)
    if (atRest !== phase) change(parts, { phase: atRest })
  }
}
