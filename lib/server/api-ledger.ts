import type { ApiLedger } from '#lib/api/ledger.ts'
import { toDollars } from '#lib/chat/money.ts'
import { generationMaking } from './generation-making.ts'

/**
 * How an answer was made, its costs in dollars.
 *
 * @throws AppError not_found
 */
export async function apiLedger(
  userId: string,
  place: { conversationId: string; messageId: string },
): Promise<ApiLedger> {
  const { calls, cost, ...making } = await generationMaking(userId, place, null)
  return {
    ...making,
    calls: calls.map((call) => ({ ...call, cost: toDollars(call.cost) })),
    cost: toDollars(cost),
  }
}
