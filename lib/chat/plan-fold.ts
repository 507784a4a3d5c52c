import { countedBudget, messageLimit, TOKENS_PER_MESSAGE } from './context-budget.ts'
import type { ContextLedger } from './context-ledger.ts'

/** A message after the summary, as far as it decides what is folded. */
export interface FoldableMessage {
  id: string
  role: 'user' | 'assistant'
  tokens: number
}

/** Of the room that messages have, how much they fill before the oldest are folded, and how much of it stays. In steps, so that what is sent begins alike from one fold to the next and a provider's prompt cache goes on knowing it. */
const FOLD_ABOVE = 0.75
const FOLD_DOWN_TO = 0.5

/** The last question and its answer are never folded: the next message is about them. */
const NEVER_FOLDED = 2

/**
 * Which of the messages after the summary are folded into the next one: the oldest, until half of the room is free again.
 * The last of them is an answer, so that what is sent begins with a question.
 *
 * @param messages of the branch after its summary and its last clear, oldest first
 * @param budget tokens of a whole request, as counted here
 * @param framed what of it is not messages: prompt, instructions, summary
 * @returns how many; 0: there is room, or nothing that may be folded
 */
export function planFold(
  messages: readonly FoldableMessage[],
  { budget, framed }: { budget: number; framed: number },
): number {
  const room = Math.max(0, budget - framed)
  const limit = messageLimit(budget)
  let left = backlogTokens(messages, budget)
  if (left <= room * FOLD_ABOVE) return 0
  let folded = 0
  for (const [index, message] of messages.slice(0, -NEVER_FOLDED).entries()) {
    if (left <= room * FOLD_DOWN_TO && folded === index) break
    left -= cost(message, limit)
    if (message.role === 'assistant') folded = index + 1
  }
  return folded
}

/** What messages take of requests with such a budget, in tokens. */
export function backlogTokens(messages: readonly FoldableMessage[], budget: number): number {
  const limit = messageLimit(budget)
  return messages.reduce((sum, message) => sum + cost(message, limit), 0)
}

/** Of the room for messages, by how much the backlog grows before models that wrote no summary are asked again: they are paid all the same. */
const GROWTH = 0.25

/**
 * Whether the models should not be asked for a summary yet, after they wrote none.
 *
 * @param rejectedAt the backlog when they did, in tokens
 * @param backlog as it is now; a smaller one is of another branch
 * @param room that messages have
 */
export function isTooSoon(rejectedAt: number, backlog: number, room: number): boolean {
  return backlog >= rejectedAt && backlog < rejectedAt + room * GROWTH
}

function cost({ tokens }: FoldableMessage, limit: number): number {
  // An empty answer is not sent.
  return tokens === 0 ? 0 : Math.min(tokens, limit) + TOKENS_PER_MESSAGE
}

/**
 * Whether an answer has filled its conversation so far that a fold is worth looking for.
 *
 * @param ledger what the answer was made from
 * @param answerTokens of the answer itself
 */
export function wantsFold(ledger: ContextLedger, answerTokens: number): boolean {
  if (ledger.overBudget) return true
  const sent = ledger.sent.reduce((sum, { tokens, cutTo }) => sum + (cutTo ?? tokens) + TOKENS_PER_MESSAGE, 0)
  const budget = countedBudget(ledger.budget, ledger.tokenRatio)
  const room = budget - (ledger.totalTokens - sent)
  return sent + answerTokens + TOKENS_PER_MESSAGE > room * FOLD_ABOVE
}

/**
 * How many of the messages to be folded the summarizer can read at once: as many of the oldest as fit, up to an answer, and
 * at least the first question with its answer, whose texts are then cut.
 *
 * @param room tokens that the messages may have in its request
 */
export function foldAtOnce(messages: readonly FoldableMessage[], room: number): number {
  const limit = foldLimit(room)
  let tokens = 0
  let fits = 0
  for (const [index, message] of messages.entries()) {
    tokens += Math.min(message.tokens, limit) + TOKENS_PER_MESSAGE
    if (tokens > room && fits > 0) break
    if (message.role === 'assistant') fits = index + 1
  }
  return fits
}

/** The most that one message may take of the summarizer's room; a longer one is cut in the middle. */
export function foldLimit(room: number): number {
  return Math.max(1, Math.floor(room / 2) - TOKENS_PER_MESSAGE)
}
