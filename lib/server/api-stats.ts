import type { ApiStats } from '#lib/api/stats.ts'
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
  const { tokens, budget, model } = await readGauge(userId, conversationId, {})
  const sum = Object.values(tokens).reduce((total, each) => total + each, 0)
  return {
    ...stats,
    cost: toDollars(stats.cost),
    context: { tokens: sum, budget, model: modelId(model) },
  }
}
