import type { Microcents } from '#lib/chat/money.ts'
import { db } from './client.ts'

/** What all runs of an answer cost together; NULL when it is not known of one of them. */
export async function readAnswerCost(answerId: string): Promise<Microcents | null> {
  const runs = await db().generation.findMany({ where: { messageId: answerId }, select: { cost: true } })
  return runs.reduce<Microcents | null>(
    (sum, { cost }) => (sum === null || cost === null ? null : sum + Number(cost)),
    0,
  )
}
