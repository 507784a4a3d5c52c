import type { ContextLedger, LeftOutReason, MessageRange } from './context-ledger.ts'
import type { GenerationCall } from './generation-call.ts'
import type { Microcents } from './money.ts'
import type { GenerationView } from './types.ts'

/** A text as it was sent; NULL: it is kept no longer, or was not kept yet. */
interface SentText {
  text: string | null
  /** As counted here. */
  tokens: number
}

export interface SentFragment extends SentText {
  /** In the prompt library: `core/identity.md`. */
  path: string
}

export interface MadeFromMessage extends SentText {
  id: string
  role: 'user' | 'assistant'
  /** Whether its middle was left out to fit. */
  isCut: boolean
}

export interface LeftOutMessage {
  id: string
  role: 'user' | 'assistant'
  /** How it begins. */
  beginning: string
  tokens: number
  reason: LeftOutReason
}

/** How one run of an answer was made: what the panel under the answer shows. */
export interface GenerationMaking {
  run: GenerationView
  /** Every run of the answer, oldest first: the first wrote it, each later one went on with it. */
  runs: { id: string; startedAt: string }[]
  /**
   * `kept`: all that was sent can be shown. `before`: it is older than that. `nothing`: no provider was called. `running`.
   * `imported`: another service wrote it.
   */
  state: 'kept' | 'before' | 'nothing' | 'running' | 'imported'
  budget: number
  /** What counts were multiplied by, since the model counts otherwise. */
  tokenRatio: number
  totalTokens: number
  prompt: SentText & { hash: string; fragments: SentFragment[] }
  instructions: SentText | null
  /** What the person wrote for the folder that the conversation was in. */
  folder: SentText | null
  summary: (SentText & { version: number; throughMessageId: string; isCut: boolean }) | null
  messages: MadeFromMessage[]
  /** What the model was told in order to go on with the answer. */
  continuation: SentText | null
  leftOut: LeftOutMessage[]
  overBudget: MessageRange | null
  clearedThroughId: string | null
  calls: GenerationCall[]
  /** The body of the last call's request; NULL when it cannot be made again. */
  request: Record<string, unknown> | null
  cachedInputTokens: number | null
  reasoningTokens: number | null
  cost: Microcents | null
}

/** What is stored of how a run was made. */
export interface StoredMaking {
  run: GenerationView
  runs: GenerationMaking['runs']
  ledger: ContextLedger
  calls: GenerationCall[]
  cachedInputTokens: number | null
  reasoningTokens: number | null
  cost: Microcents | null
  /** By their hashes. */
  texts: Record<string, string>
  summaryText: string | null
  /** Of the messages that the ledger names, by their ids. */
  messages: Record<string, { role: 'user' | 'assistant'; text: string }>
}
