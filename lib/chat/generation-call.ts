import type { Microcents } from './money.ts'

/** One call of a provider that a generation took, as it is kept with it: what the time line and the costs are told from. */
export interface GenerationCall {
  provider: string
  model: string
  /** When it was sent, when its first token came and when it was over, in ms after the generation began. */
  sentAtMs: number
  firstTokenAtMs: number | null
  endedAtMs: number
  /** How it ended: `complete`, `truncated`, `stopped`, or the code of its failure (lib/chat/generation-errors.ts). */
  outcome: string
  /** The parameters it was sent with; temperature NULL: not sent. */
  maxOutputTokens: number
  temperature: number | null
  /** What was left out or renamed because the provider refuses it (lib/providers/adapt-request.ts). */
  adaptations: string[]
  /** Whether it was sent the context built anew, since the provider found the first one too long. */
  isRebuilt: boolean
  /** As the provider counted; NULL for what it did not report. */
  inputTokens: number | null
  outputTokens: number | null
  cachedInputTokens: number | null
  reasoningTokens: number | null
  /** NULL when the price or the tokens are not known. */
  cost: Microcents | null
}
