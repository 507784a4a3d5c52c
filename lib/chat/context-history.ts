import type { MessageRange } from './context-ledger.ts'
import type { GenerationStatus, SummaryRef } from './types.ts'

/** A message of the branch that is to be answered. */
export interface BranchMessage {
  id: string
  role: 'user' | 'assistant'
  tokens: number
  text: string
  /** The state of the run that wrote it; NULL for a user message. */
  status: GenerationStatus | null
  /** Whether a summary or a clear stands for it: it is sent only when it is what is to be answered. */
  isCovered: boolean
}

export interface HeldSummary extends SummaryRef {
  text: string
  /** Of the text. */
  tokens: number
}

/** A branch as far as it matters to what is sent of it. */
export interface ContextHistory {
  /** The message after which the context starts afresh; NULL: it begins with the first message. */
  clearedThroughId: string | null
  /** The one that holds on this branch; NULL: there is none. */
  summary: HeldSummary | null
  /** The oldest messages after the summary, when they are too far back to fit any budget: their texts are not read. */
  unread: MessageRange | null
  /** The messages after those, oldest first; the last is the user message to answer, or the answer to go on with. */
  messages: BranchMessage[]
}
