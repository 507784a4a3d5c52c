/** How calls of a model have gone in the last 24 hours, on every instance. */
export interface ModelCalls {
  provider: string
  model: string
  calls: number
  failed: number
  /** Of the newest that failed: lib/chat/generation-errors.ts; NULL when none has. */
  lastFailure: string | null
  lastFailureAt: string | null
  /** Half of the answers began sooner; NULL when none began. */
  medianFirstTokenMs: number | null
}

/** A model as administrators see it. */
export interface ModelHealth extends ModelCalls {
  /** What it does here, as `Answers`; empty when somebody has chosen it. */
  part: string
  /** `left_alone` and `on_trial`: it failed five times in a row, as this process saw it. */
  state: 'asked' | 'left_alone' | 'on_trial'
}

/** A background job that has not ended well. */
export interface JobEntry {
  id: string
  queue: string
  /** pg-boss's own word. */
  state: 'created' | 'retry' | 'active' | 'failed'
  attempts: number
  createdAt: string
  /** The name of the error; NULL when it has not failed. */
  failure: string | null
}
