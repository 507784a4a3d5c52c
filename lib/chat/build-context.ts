import type { ContextLedger } from './context-ledger.ts'
import type { GenerationStatus } from './types.ts'

/**
 * What a provider adds to each message for its role and separators, in tokens.
 * Source: OpenAI cookbook, "How to count tokens with tiktoken" (3 per message and the role's own).
 */
export const TOKENS_PER_MESSAGE = 4

/** A message of the branch that is to be answered. */
export interface BranchMessage {
  id: string
  role: 'user' | 'assistant'
  tokens: number
  /** NULL for a message too far back to fit any budget: it is not read at all. */
  text: string | null
  /** The state of the run that wrote it; NULL for a user message. */
  status: GenerationStatus | null
}

/** The composed prompt, as lib/prompts makes it, with its size. */
export interface ContextPrompt {
  text: string
  hash: string
  tokens: number
  fragments: { path: string; hash: string; tokens: number }[]
}

export interface ContextInput {
  prompt: ContextPrompt
  /** Oldest first; the last is the user message to answer, or the answer to go on with. */
  branch: BranchMessage[]
  /** What the model is told in order to go on with the last message, an answer that broke off; it is no message. */
  continuation?: { text: string; hash: string; tokens: number }
  /** Tokens that the whole request may have. */
  budget: number
}

export interface Context {
  instructions: string
  messages: { role: 'user' | 'assistant'; content: string }[]
  ledger: ContextLedger
}

/**
 * Decides what a generation is sent: the prompt, and of the branch the newest messages that fit the budget.
 * Every message of the branch is either sent whole or named in the ledger with the reason it was left out.
 * The message to answer is always sent, and an answer to go on with together with its question. Other answers that failed or stayed empty are no history.
 */
export function buildContext({ prompt, branch, continuation, budget }: ContextInput): Context {
  const pinned = new Set(branch.slice(continuation ? -2 : -1))
  const leftOut: ContextLedger['leftOut'] = []
  const kept: (BranchMessage & { text: string })[] = []
  let total = prompt.tokens + (continuation ? continuation.tokens + TOKENS_PER_MESSAGE : 0)
  let full = false

  for (const message of branch.toReversed()) {
    const cost = message.tokens + TOKENS_PER_MESSAGE
    const unusable = pinned.has(message) ? null : reasonToSkip(message)
    if (unusable) {
      leftOut.push({ messageId: message.id, tokens: message.tokens, reason: unusable })
    } else if (message.text !== null && (pinned.has(message) || (!full && total + cost <= budget))) {
      kept.push({ ...message, text: message.text })
      total += cost
    } else {
      // Nothing older follows: a history with a hole in it would mislead.
      full = true
      leftOut.push({ messageId: message.id, tokens: message.tokens, reason: 'over_budget' })
    }
  }

  kept.reverse()
  // An answer without its question helps nobody, and some providers refuse a history that starts with one.
  while (kept.length > 1 && kept[0]?.role === 'assistant') {
    const answer = kept.shift()
    if (!answer) break
    total -= answer.tokens + TOKENS_PER_MESSAGE
    leftOut.push({ messageId: answer.id, tokens: answer.tokens, reason: 'over_budget' })
  }

  return {
    instructions: prompt.text,
    messages: [
      ...kept.map(({ role, text }) => ({ role, content: text })),
      ...(continuation ? [{ role: 'user' as const, content: continuation.text }] : []),
    ],
    ledger: {
      budget,
      prompt: { hash: prompt.hash, tokens: prompt.tokens, fragments: prompt.fragments },
      instructions: null,
      summary: null,
      clearedThroughId: null,
      sent: kept.map(({ id, tokens, text }) => ({ messageId: id, tokens, length: text.length })),
      leftOut: inBranchOrder(leftOut, branch),
      overBudget: null,
      ...(continuation && { continuation: { hash: continuation.hash, tokens: continuation.tokens } }),
      tokenRatio: 1,
      totalTokens: total,
    },
  }
}

function reasonToSkip(message: BranchMessage): 'failed' | 'empty' | null {
  if (message.status === 'failed') return 'failed'
  // Only blanks, as of an answer that was stopped at its first token: some providers refuse it.
  return message.tokens === 0 || message.text?.trim() === '' ? 'empty' : null
}

function inBranchOrder(leftOut: ContextLedger['leftOut'], branch: BranchMessage[]) {
  const position = new Map(branch.map(({ id }, index) => [id, index]))
  return leftOut.sort((a, b) => (position.get(a.messageId) ?? 0) - (position.get(b.messageId) ?? 0))
}

/** The share of the window kept free for what a count cannot know: other tokenizers, a provider's own additions. */
const MARGIN = 0.05

/** Tokens that a request may have, so that an answer of `maxOutputTokens` still fits the model's window. */
export function contextBudget(contextWindow: number, maxOutputTokens: number): number {
  return Math.floor(contextWindow * (1 - MARGIN)) - maxOutputTokens
}

/** Half of what was sent: for a provider whose window proved smaller than was thought. */
export function halveBudget(ledger: ContextLedger): number {
  return Math.floor(Math.min(ledger.budget, ledger.totalTokens) / 2)
}
