import type { ApiStats } from '#lib/api/stats.ts'
import { contextFill } from '#lib/chat/describe-stats.ts'
import { modelId } from '#lib/chat/model-id.ts'
import { toDollars } from '#lib/chat/money.ts'
import { readConversationStats } from '#lib/db/conversation-stats.ts'
import { conversationNotFound } from './path-ids.ts'
import { readGauge } from './read-gauge.ts'

/**
 * What a conversation has come to, and how full its context is.
 *
 * @throws AppError not_found
 */
export async function apiStats(userId: string, conversationId: string): Promise<ApiStats> {
  const stats = await readConversationStats(userId, conversationId)
  if (!stats) throw conversationNotFound()
  const gauge = await readGauge(userId, conversationId, {})
  return {
    ...stats,
    cost: toDollars(stats.cost),
    context: { ...contextFill(gauge), model: modelId(gauge.model) },
  }
}
