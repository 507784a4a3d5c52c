import type { Adaptation } from './adapt-request.ts'
import { type AnswerOutcome, type Usage, unknownUsage } from './answer-events.ts'
import type { ChatModel } from './resolve-models.ts'

/** One call of a provider as it goes on. Times are those of `performance.now()`. */
export interface ProviderCall {
  model: ChatModel
  sentAt: number
  firstTokenAt: number | null
  /** NULL as long as it is not over. */
  endedAt: number | null
  outcome: AnswerOutcome | null
  usage: Usage
  adaptations: Adaptation[]
}

/** A call that is sent now. */
export function beginCall(model: ChatModel): ProviderCall {
  return {
    ...{ model, sentAt: performance.now(), firstTokenAt: null, endedAt: null, outcome: null },
    ...{ usage: unknownUsage, adaptations: [] },
  }
}
