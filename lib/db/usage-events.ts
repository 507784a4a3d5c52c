import type { Microcents } from '#lib/chat/money.ts'
import type { MonthSpending } from '#lib/chat/month-spending.ts'
import { db } from './client.ts'
import { Prisma } from './generated/client.ts'

/** How one call of a provider ended, as the ledger has it. */
export interface EndedUsage {
  id: string
  provider: string
  model: string
  /** `complete`, `truncated`, `stopped`, or the code of its failure (lib/chat/generation-errors.ts). */
  outcome: string
  inputTokens: number | null
  outputTokens: number | null
  cachedInputTokens: number | null
  reasoningTokens: number | null
  cost: Microcents | null
  /** What counts while the cost is not known. */
  held: Microcents
  timeToFirstTokenMs: number | null
  latencyMs: number | null
}

/** One call of an answer's run; `id` is that of the run for the last one, whose event was written with the turn. */
export interface AnswerUsage extends EndedUsage {
  /** In ms after the run began. */
  sentAtMs: number
}

export interface TurnLimits {
  /** For people who have none of their own, a month; NULL: no limit. */
  monthlyBudget: Microcents | null
  turnsPerMinute: number
}

/**
 * For the statement that writes a turn: `admitted`, whose `verdict` is 'yes', 'over_budget' or 'too_many'; without a row when
 * the person is gone or was disabled. Whatever writes reads from it, so that the person is locked before anything else is:
 * who disables them either waits for this turn, and finds it to stop, or is waited for.
 */
export function admittedTurn(userId: string, held: Microcents, limits: TurnLimits): Prisma.Sql {
  return Prisma.sql`admitted AS MATERIALIZED (
    SELECT admit_turn(id, ${held}::bigint,
      -- What is free needs no budget.
      CASE WHEN ${held}::bigint > 0 THEN coalesce("monthlyBudget", ${limits.monthlyBudget}::bigint) END,
      ${limits.turnsPerMinute}::int) AS verdict
    FROM (SELECT id, "monthlyBudget" FROM "user" WHERE id = ${userId}::uuid AND "disabledAt" IS NULL
      FOR NO KEY UPDATE) person)`
}

/** For the same statement: the event of the run in `started`, which holds what the call can cost at most. */
export function runningUsage(userId: string, held: Microcents): Prisma.Sql {
  return Prisma.sql`
    INSERT INTO usage_event (id, "userId", "conversationId", "generationId", kind, provider, model, persona, outcome, held)
    SELECT id, ${userId}::uuid, "conversationId", id, 'answer'::"UsageKind", provider, model, persona, 'running', ${held}::bigint
    FROM started`
}

/** For the statement that ends a run (in `finished`, its conversation in `locked`): what its calls came to. */
export function endedUsage(calls: AnswerUsage[]): Prisma.Sql {
  return Prisma.sql`
    INSERT INTO usage_event (id, "userId", "conversationId", "generationId", kind, provider, model, persona, outcome,
      "inputTokens", "outputTokens", "cachedInputTokens", "reasoningTokens", cost, held, "timeToFirstTokenMs", "latencyMs", "createdAt")
    SELECT call.id, locked."userId", finished."conversationId", finished.id, 'answer'::"UsageKind", call.provider, call.model,
      finished.persona, call.outcome, call."inputTokens", call."outputTokens", call."cachedInputTokens", call."reasoningTokens",
      call.cost, call.held, call."timeToFirstTokenMs", coalesce(call."latencyMs", finished."latencyMs"),
      finished."startedAt" + make_interval(secs => call."sentAtMs" / 1000.0)
    FROM finished CROSS JOIN locked CROSS JOIN jsonb_to_recordset(${JSON.stringify(calls)}::jsonb) AS call(
      id uuid, provider text, model text, outcome text, "inputTokens" int, "outputTokens" int, "cachedInputTokens" int,
      "reasoningTokens" int, cost bigint, held bigint, "timeToFirstTokenMs" int, "latencyMs" int, "sentAtMs" int)
    -- The last call's was written with the turn; and an end whose acknowledgement was lost is written again.
    ON CONFLICT (id) DO UPDATE SET provider = excluded.provider, model = excluded.model, outcome = excluded.outcome,
      "inputTokens" = excluded."inputTokens", "outputTokens" = excluded."outputTokens",
      "cachedInputTokens" = excluded."cachedInputTokens", "reasoningTokens" = excluded."reasoningTokens",
      cost = excluded.cost, held = excluded.held,
      "timeToFirstTokenMs" = excluded."timeToFirstTokenMs", "latencyMs" = excluded."latencyMs"`
}

/** A call that no answer asked for. */
export interface OtherUsage extends EndedUsage {
  userId: string
  conversationId: string | null
  kind: 'title' | 'summary'
}

/** Writes a title's or summary's call into the ledger. Does nothing when the person is gone. */
export async function insertUsage(usage: OtherUsage): Promise<void> {
  await db().$executeRaw`
    INSERT INTO usage_event (id, "userId", "conversationId", kind, provider, model, persona, outcome,
      "inputTokens", "outputTokens", "cachedInputTokens", "reasoningTokens", cost, held, "latencyMs")
    SELECT ${usage.id}::uuid, u.id, c.id, ${usage.kind}::"UsageKind", ${usage.provider}, ${usage.model}, c.persona, ${usage.outcome},
      ${usage.inputTokens}::int, ${usage.outputTokens}::int, ${usage.cachedInputTokens}::int, ${usage.reasoningTokens}::int,
      ${usage.cost}::bigint, ${usage.held}::bigint, ${usage.latencyMs}::int
    FROM "user" u LEFT JOIN conversation c ON c.id = ${usage.conversationId}::uuid
    WHERE u.id = ${usage.userId}::uuid`
}

/**
 * What a person has spent this month, and may.
 *
 * @param monthlyBudget for people who have none of their own; NULL: no limit
 */
export async function readMonthSpending(
  userId: string,
  monthlyBudget: Microcents | null,
): Promise<MonthSpending> {
  const [row] = await db().$queryRaw<{ spent: bigint; budget: bigint | null; resetsAt: Date }[]>`
    SELECT month_spending(id) AS spent, coalesce("monthlyBudget", ${monthlyBudget}::bigint) AS budget,
      (date_trunc('month', now() AT TIME ZONE 'UTC') + interval '1 month') AT TIME ZONE 'UTC' AS "resetsAt"
    FROM "user" WHERE id = ${userId}::uuid`
  if (!row) throw new Error('This person has no account')
  return {
    spent: Number(row.spent),
    budget: row.budget === null ? null : Number(row.budget),
    resetsAt: row.resetsAt.toISOString(),
  }
}

/** @param budget a month; NULL: the usual one. Returns false when there is no such person. */
export async function setMonthlyBudget(userId: string, budget: Microcents | null): Promise<boolean> {
  const count = await db().$executeRaw`
    UPDATE "user" SET "monthlyBudget" = ${budget}::bigint WHERE id = ${userId}::uuid`
  return count === 1
}
