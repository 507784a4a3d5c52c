import type { AbortReason } from './running-generations.ts'

/** An answer that is written for a caller and kept nowhere. */
export interface RunningCompletion {
  userId: string
  abort(reason: AbortReason): void
  /** Resolves when what it took is stored; never rejects. */
  done: Promise<void>
}

const shared = globalThis as typeof globalThis & { stoaCompletions?: Set<RunningCompletion> }

/** Those of this process. */
export function runningCompletions(): Set<RunningCompletion> {
  shared.stoaCompletions ??= new Set()
  return shared.stoaCompletions
}
