import type { Microcents } from '#lib/chat/money.ts'
import { db } from './client.ts'
import { type AnswerUsage, admittedTurn, endedUsage, runningUsage, type TurnLimits } from './usage-events.ts'

/** An answer that is kept nowhere: of it there is its usage alone. */
export interface NewCompletion {
  id: string
  userId: string
  provider: string
  model: string
  persona: string
  /** What its call can cost at most: held until it has ended. */
  held: Microcents
  limits: TurnLimits
}

/**
 * Enters an answer that is about to be written into the ledger of usage, if its person may ask for one: by the same rule, in
 * the same statement and counted with those of conversations.
 *
 * @returns NULL when entered
 */
export async function insertCompletion({
  id,
  userId,
  provider,
  model,
  persona,
  held,
  limits,
}: NewCompletion): Promise<'over_budget' | 'too_many' | 'nobody' | null> {
  const [row] = await db().$queryRaw<{ verdict: 'yes' | 'over_budget' | 'too_many' }[]>`
    WITH ${admittedTurn(userId, held, limits)}, started AS (
      SELECT ${id}::uuid AS id, NULL::uuid AS "conversationId", ${provider}::text AS provider, ${model}::text AS model,
        ${persona}::text AS persona
      FROM admitted WHERE verdict = 'yes'
    ), usage AS (${runningUsage(userId, held)})
    SELECT verdict FROM admitted`
  if (!row) return 'nobody'
  return row.verdict === 'yes' ? null : row.verdict
}

/** Enters what the calls of an answer that is kept nowhere came to. */
export async function finishCompletion(userId: string, id: string, calls: AnswerUsage[]): Promise<void> {
  await db().$executeRaw`
    WITH locked AS (SELECT ${userId}::uuid AS "userId"), finished AS (
      SELECT id, "conversationId", persona, "latencyMs", "createdAt" AS "startedAt"
      FROM usage_event WHERE id = ${id}::uuid AND "userId" = ${userId}::uuid AND outcome = 'running'
    ) ${endedUsage(calls)}`
}

/**
 * Ends those whose server died: no run of a conversation has them, and no answer takes so long. What they can have cost at
 * most stays held.
 *
 * @returns how many
 */
export async function endLostCompletions(olderThanMinutes: number): Promise<number> {
  return db().$executeRaw`
    UPDATE usage_event SET outcome = 'interrupted'
    WHERE outcome = 'running' AND "createdAt" < now() - make_interval(mins => ${olderThanMinutes}::int)
      AND NOT EXISTS (SELECT 1 FROM generation WHERE generation.id = usage_event."generationId")`
}
