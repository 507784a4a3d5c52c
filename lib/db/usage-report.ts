import type { LocalDay } from '#lib/chat/local-days.ts'
import {
  NO_USAGE,
  type UsageByConversation,
  type UsageByKind,
  type UsageByModel,
  type UsageByPersona,
  type UsageReport,
  type UsageSums,
  type UsageTimes,
} from '#lib/chat/usage-report.ts'
import { db } from './client.ts'
import { Prisma } from './generated/client.ts'

/** How many conversations a report names. */
const CONVERSATIONS = 20

const sums = Prisma.sql`
  count(*)::int AS calls,
  count(*) FILTER (WHERE outcome = 'running')::int AS running,
  coalesce(sum("inputTokens"), 0)::float8 AS "inputTokens",
  coalesce(sum("cachedInputTokens"), 0)::float8 AS "cachedInputTokens",
  coalesce(sum("outputTokens"), 0)::float8 AS "outputTokens",
  count(*) FILTER (WHERE outcome <> 'running' AND ("inputTokens" IS NULL OR "outputTokens" IS NULL))::int AS "callsWithoutTokens",
  -- Exact: a sum stays far below what a double holds of integers.
  coalesce(sum(cost), 0)::float8 AS cost,
  count(*) FILTER (WHERE outcome <> 'running' AND cost IS NULL)::int AS "callsWithoutCost"`

/** Of answers that came to their end: one that failed at once was not fast. */
const answered = Prisma.sql`FILTER (WHERE kind = 'answer' AND outcome IN ('complete', 'truncated'))`

interface GroupRow extends UsageSums, UsageTimes {
  /** Which columns the row is not of. */
  grouping: number
  /** Of the day, from 1. */
  day: number | null
  provider: string | null
  model: string | null
  persona: string | null
  kind: UsageByKind['kind'] | null
}

/** Bits of `grouping`, those of the columns that a row is not of: day, provider and model, persona, kind. */
const groupings = { total: 0b11111, byDay: 0b01111, byModel: 0b10011, byPersona: 0b11101, byKind: 0b11110 }

/** What a person's calls of the days came to, summed by the database. */
export async function readUsageReport(userId: string, days: readonly LocalDay[]): Promise<UsageReport> {
  const starts = days.map(({ startsAt }) => startsAt.toISOString())
  const [groups, conversations, failures] = await Promise.all([
    readGroups(userId, starts),
    readConversations(userId, starts[0]),
    readFailures(userId, starts[0]),
  ])
  const of = (grouping: number) => groups.filter((row) => row.grouping === grouping)
  const byDay = new Map(of(groupings.byDay).map((row) => [row.day, row]))
  return {
    total: { ...NO_TIMES, ...NO_USAGE, ...of(groupings.total)[0] },
    byDay: days.map(({ day }, index) => ({ ...NO_USAGE, ...byDay.get(index + 1), day })),
    byModel: of(groupings.byModel) as UsageByModel[],
    byPersona: of(groupings.byPersona) as UsageByPersona[],
    byKind: of(groupings.byKind) as UsageByKind[],
    byConversation: conversations,
    otherConversations: (conversations[0]?.conversations ?? 0) - conversations.length,
    failures,
  }
}

const NO_TIMES: UsageTimes = {
  ...{ latencyP50: null, latencyP95: null, timeToFirstTokenP50: null, timeToFirstTokenP95: null },
}

/** The events are read once for all the groups. Days are told by their beginnings, so that the database need not know the zone. */
function readGroups(userId: string, starts: string[]): Promise<GroupRow[]> {
  return db().$queryRaw<GroupRow[]>`
    WITH event AS (
      SELECT *, width_bucket("createdAt", ${starts}::timestamptz[]) AS day
      FROM usage_event WHERE "userId" = ${userId}::uuid AND "createdAt" >= ${starts[0]}::timestamptz
    )
    SELECT grouping(day, provider, model, persona, kind) AS grouping, day, provider, model, persona, kind, ${sums},
      percentile_cont(0.5) WITHIN GROUP (ORDER BY "latencyMs") ${answered} AS "latencyP50",
      percentile_cont(0.95) WITHIN GROUP (ORDER BY "latencyMs") ${answered} AS "latencyP95",
      percentile_cont(0.5) WITHIN GROUP (ORDER BY "timeToFirstTokenMs") ${answered} AS "timeToFirstTokenP50",
      percentile_cont(0.95) WITHIN GROUP (ORDER BY "timeToFirstTokenMs") ${answered} AS "timeToFirstTokenP95"
    FROM event GROUP BY GROUPING SETS ((), (day), (provider, model), (persona), (kind))
    ORDER BY cost DESC, "inputTokens" DESC, calls DESC, day, provider, model, persona, kind`
}

function readConversations(userId: string, from: string | undefined) {
  return db().$queryRaw<(UsageByConversation & { conversations: number })[]>`
    SELECT c.id, c.title, ${sums}, (count(*) OVER ())::int AS conversations
    FROM usage_event u
    LEFT JOIN conversation c ON c.id = u."conversationId" AND c."deletedAt" IS NULL AND NOT c.temporary
    WHERE u."userId" = ${userId}::uuid AND u."createdAt" >= ${from}::timestamptz
    GROUP BY c.id, c.title
    ORDER BY cost DESC, "inputTokens" DESC, calls DESC, c.id LIMIT ${CONVERSATIONS}`
}

function readFailures(userId: string, from: string | undefined) {
  return db().$queryRaw<{ code: string; calls: number }[]>`
    SELECT outcome AS code, count(*)::int AS calls FROM usage_event
    WHERE "userId" = ${userId}::uuid AND "createdAt" >= ${from}::timestamptz
      AND outcome NOT IN ('running', 'complete', 'truncated', 'stopped')
    GROUP BY outcome ORDER BY calls DESC, outcome`
}

/** A call as the downloaded table has it. */
export interface UsageCall extends Omit<UsageByModel, keyof UsageSums | keyof UsageTimes> {
  id: string
  createdAt: Date
  kind: UsageByKind['kind']
  persona: string | null
  conversationId: string | null
  title: string | null
  outcome: string
  inputTokens: number | null
  cachedInputTokens: number | null
  outputTokens: number | null
  reasoningTokens: number | null
  cost: bigint | null
  timeToFirstTokenMs: number | null
  latencyMs: number | null
}

/** A page of a person's calls since then, oldest first, after the one that is given. */
export function listUsageCalls(
  userId: string,
  from: Date,
  after: Pick<UsageCall, 'createdAt' | 'id'> | null,
  limit = 1000,
): Promise<UsageCall[]> {
  return db().$queryRaw<UsageCall[]>`
    SELECT u.id, u."createdAt", u.kind, u.provider, u.model, u.persona, c.id AS "conversationId", c.title, u.outcome,
      u."inputTokens", u."cachedInputTokens", u."outputTokens", u."reasoningTokens", u.cost,
      u."timeToFirstTokenMs", u."latencyMs"
    FROM usage_event u
    LEFT JOIN conversation c ON c.id = u."conversationId" AND c."deletedAt" IS NULL AND NOT c.temporary
    WHERE u."userId" = ${userId}::uuid AND u."createdAt" >= ${from}
      ${after ? Prisma.sql`AND (u."createdAt", u.id) > (${after.createdAt}, ${after.id}::uuid)` : Prisma.empty}
    ORDER BY u."createdAt", u.id LIMIT ${limit}`
}
