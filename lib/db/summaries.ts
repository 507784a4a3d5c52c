import type { SummaryRef } from '#lib/chat/types.ts'
import { db } from './client.ts'

/**
 * The summary that holds on a branch: the newest version whose last message lies on it, after the last clear.
 *
 * @param branchIds the branch's messages since the context was last started afresh
 */
export async function findSummaryOn(conversationId: string, branchIds: string[]): Promise<SummaryRef | null> {
  return db().summary.findFirst({
    where: { conversationId, throughMessageId: { in: branchIds } },
    orderBy: { version: 'desc' },
    select: { id: true, version: true, throughMessageId: true },
  })
}
