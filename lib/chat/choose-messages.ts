import { messageLimit, PART_MINIMUM, TOKENS_PER_MESSAGE } from './context-budget.ts'
import type { BranchMessage, ContextHistory } from './context-history.ts'
import type { ContextLedger, MessageRange } from './context-ledger.ts'
import { type CutText, cutText } from './cut-text.ts'

interface Choice {
  /** Tokens that all messages together may have. */
  room: number
  /** Tokens of the whole request. */
  budget: number
  /** How many of the last messages are sent in any case. */
  pinned: number
}

export interface ChosenMessages extends Pick<ContextLedger, 'leftOut' | 'overBudget'> {
  /** Oldest first, each as it is sent. */
  kept: (CutText & { message: BranchMessage })[]
  /** Of those, with what a provider adds to each. */
  tokens: number
}

/**
 * The newest messages that fit, without a hole: an older one that would still fit is not sent, since a history with
 * something missing in its midst would mislead. One that is larger than `messageLimit` is cut.
 */
export function chooseMessages(history: ContextHistory, { room, budget, pinned }: Choice): ChosenMessages {
  const { messages, unread } = history
  const limit = Math.max(
    PART_MINIMUM,
    Math.min(messageLimit(budget), Math.floor(room / pinned) - TOKENS_PER_MESSAGE),
  )
  const firstPinned = messages.length - pinned
  const firstOfContext = messages.findIndex(({ isCovered }) => !isCovered)
  const kept: (ChosenMessages['kept'][number] & { index: number })[] = []
  const skipped: { index: number; reason: 'failed' | 'empty' | 'no_question' }[] = []
  let tokens = 0
  /** Everything from the beginning of the context to here is over the budget. */
  let lastOver = -1

  for (const [index, message] of [...messages.entries()].reverse()) {
    const isPinned = index >= firstPinned
    if (message.isCovered && !isPinned) continue
    const reason = isPinned ? null : reasonToSkip(message)
    if (reason) {
      skipped.push({ index, reason })
      continue
    }
    const cost = Math.min(message.tokens, limit) + TOKENS_PER_MESSAGE
    if (!isPinned && tokens + cost > room) {
      lastOver = index
      break
    }
    const cut = cutText(message.text, message.tokens, limit)
    kept.unshift({ index, message, ...cut })
    tokens += cut.tokens + TOKENS_PER_MESSAGE
  }

  // An answer without its question helps nobody, and some providers refuse a history that starts with one.
  for (let first = kept[0]; first?.message.role === 'assistant' && kept.length > pinned; first = kept[0]) {
    kept.shift()
    tokens -= first.tokens + TOKENS_PER_MESSAGE
    if (lastOver >= 0 || unread) lastOver = first.index
    else skipped.push({ index: first.index, reason: 'no_question' })
  }

  const leftOut = skipped
    .filter(({ index }) => index > lastOver)
    .sort((a, b) => a.index - b.index)
    .map(({ index, reason }) => ({ ...nameOf(messages, index), reason }))
  const over = messages.slice(Math.max(0, firstOfContext), lastOver + 1)
  return { kept, tokens, leftOut, overBudget: joinRanges(unread, rangeOf(over)) }
}

function reasonToSkip(message: BranchMessage): 'failed' | 'empty' | null {
  if (message.status === 'failed') return 'failed'
  // Only blanks, as of an answer that was stopped at its first token: some providers refuse it.
  return message.text.trim() === '' ? 'empty' : null
}

function nameOf(messages: BranchMessage[], index: number) {
  const message = messages[index]
  if (!message) throw new RangeError(`There is no message ${index}`)
  return { messageId: message.id, tokens: message.tokens }
}

function rangeOf(messages: BranchMessage[]): MessageRange | null {
  const first = messages[0]
  const last = messages.at(-1)
  if (!first || !last) return null
  return {
    fromId: first.id,
    throughId: last.id,
    messages: messages.length,
    tokens: messages.reduce((sum, message) => sum + message.tokens, 0),
  }
}

function joinRanges(older: MessageRange | null, newer: MessageRange | null): MessageRange | null {
  if (!older || !newer) return older ?? newer
  return {
    fromId: older.fromId,
    throughId: newer.throughId,
    messages: older.messages + newer.messages,
    tokens: older.tokens + newer.tokens,
  }
}
