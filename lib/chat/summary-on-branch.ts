/** A version of a summary, as far as it says where it holds. */
export interface SummaryPlace {
  /** From 1, within its conversation. */
  version: number
  /** The last message that it covers. */
  throughMessageId: string
  /** The message after which the context had been started afresh when it was made; NULL: it covers all from the first message. */
  startsAfterId: string | null
}

/** A message, as far as it decides what is sent of a branch. */
export interface BranchPlace {
  id: string
  /** Whether the context starts afresh after it. */
  isCleared: boolean
}

/** The message after which the context of a branch starts afresh: the last one that was cleared; NULL: none was. */
export function lastClearOn(branch: readonly BranchPlace[]): string | null {
  return branch.findLast(({ isCleared }) => isCleared)?.id ?? null
}

/**
 * The summary that holds on a branch: the newest version whose last message lies on it after the last clear, and that was
 * made in the context which began with that clear. One made before or after a clear that came or went since would stand
 * for messages that it has not seen, or repeat what was cleared.
 *
 * @param branch from the first message to the last
 */
export function summaryOnBranch<S extends SummaryPlace>(
  branch: readonly BranchPlace[],
  summaries: readonly S[],
): S | null {
  const clear = lastClearOn(branch)
  const afterClear = branch.slice(branch.findIndex(({ id }) => id === clear) + 1)
  const ids = new Set(afterClear.map(({ id }) => id))
  const holding = summaries.filter(
    ({ throughMessageId, startsAfterId }) => startsAfterId === clear && ids.has(throughMessageId),
  )
  return holding.reduce<S | null>((best, each) => (best && best.version > each.version ? best : each), null)
}
