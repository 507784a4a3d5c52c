import { type BranchPlace, lastClearOn, summaryOnBranch } from '#lib/chat/summary-on-branch.ts'
import type { SummaryRef } from '#lib/chat/types.ts'
import { db } from './client.ts'

/**
 * The summary that holds on a branch.
 *
 * @param branch its messages, from the first to the last
 */
export async function findSummaryOn(
  conversationId: string,
  branch: readonly BranchPlace[],
): Promise<SummaryRef | null> {
  const versions = await db().summary.findMany({
    where: { conversationId, startsAfterId: lastClearOn(branch) },
    select: { id: true, version: true, throughMessageId: true, startsAfterId: true },
  })
  const found = summaryOnBranch(branch, versions)
  return found && { id: found.id, version: found.version, throughMessageId: found.throughMessageId }
}
