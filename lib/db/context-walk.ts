import { messageLimit, TOKENS_PER_MESSAGE } from '#lib/chat/context-budget.ts'
import { Prisma } from './generated/client.ts'

/** For how large a request a branch is read, in tokens as they are counted here. */
export interface ReadingBudgets {
  /** By model, as `provider:model`. */
  byModel: Record<string, number>
  /** When it is none of these. */
  usual: number
  /** The model that is going to be asked; NULL: the conversation's; 'parent': the one that wrote the last message. */
  model: string | null | 'parent'
}

/** For the statement that reads a context, as a common table: how much of it is read, by the model that is going to be asked. */
export function readingBudget(
  { byModel, usual, model }: ReadingBudgets,
  conversationId: Prisma.Sql,
  leafId: Prisma.Sql,
): Prisma.Sql {
  const limits = Object.entries(byModel).map(([id, budget]) => ({ id, budget, limit: messageLimit(budget) }))
  const wanted =
    model === 'parent'
      ? Prisma.sql`(SELECT provider || ':' || model FROM generation WHERE "messageId" = ${leafId}
                    ORDER BY "startedAt" DESC, id DESC LIMIT 1)`
      : model === null
        ? Prisma.sql`(SELECT model FROM conversation WHERE id = ${conversationId})`
        : Prisma.sql`${model}`
  return Prisma.sql`reading AS MATERIALIZED (
    SELECT coalesce(max(budget), ${usual}::bigint) AS budget, coalesce(max("limit"), ${messageLimit(usual)}::int) AS "limit"
    FROM jsonb_to_recordset(${JSON.stringify(limits)}::jsonb) AS known(id text, budget bigint, "limit" int)
    WHERE id = ${wanted})`
}

interface Walk {
  conversationId: Prisma.Sql
  /** The message to walk back from. */
  leafId: Prisma.Sql
  /** What a message must fulfil for the walk to begin, of `m`, and of its conversation `c`. */
  condition: Prisma.Sql
}

/**
 * The part of a statement that finds what matters of a branch, as common tables after `readingBudget`; `contextColumns`
 * then reads it. By the rule of `summaryOnBranch`, and without touching a message that neither is sent nor has to be named: the
 * walk goes from the leaf back to a clear, to the end of the summary if it is sure that this one holds, or to the first
 * message, and takes each message by its key. It ends no sooner than with the second message, which a continuation needs.
 *
 * The newest summary holds for sure, if it is met, when no other clear was set after a model made it: what a person wrote or
 * went back to may be of a time before. Otherwise, as on a branch that the newest one does not lie on, the walk goes on for
 * the ids and sizes alone.
 */
export function contextWalk({ conversationId, leafId, condition }: Walk): Prisma.Sql {
  const cost = Prisma.sql`CASE WHEN m.tokens = 0 THEN 0
    ELSE least(m.tokens, (SELECT "limit" FROM reading)) + ${TOKENS_PER_MESSAGE}::int END`
  const columns = Prisma.sql`m.id, m."parentId", m.role, m.tokens, m."clearedAt" IS NOT NULL AS "isCleared"`
  const isEnd = Prisma.sql`m."clearedAt" IS NOT NULL OR m.id IS NOT DISTINCT FROM (SELECT "throughMessageId" FROM sure)`
  return Prisma.sql`
    clear AS MATERIALIZED (
      SELECT id, "clearedAt" FROM message WHERE "conversationId" = ${conversationId} AND "clearedAt" IS NOT NULL
    ), usable AS MATERIALIZED (
      SELECT id, version, "throughMessageId", "startsAfterId",
             CASE WHEN author = 'model' AND "restoredFromId" IS NULL THEN "createdAt" END AS "madeAt" FROM summary
      WHERE "conversationId" = ${conversationId}
        AND ("startsAfterId" IS NULL OR "startsAfterId" IN (SELECT id FROM clear))
    ), sure AS MATERIALIZED (
      SELECT * FROM (SELECT * FROM usable ORDER BY version DESC LIMIT 1) newest
      WHERE NOT EXISTS (
        SELECT 1 FROM clear WHERE id IS DISTINCT FROM newest."startsAfterId"
          AND "clearedAt" >= coalesce(newest."madeAt", '-infinity'))
    ), branch AS (
      SELECT ${columns}, 1 AS depth, (${cost})::bigint AS running, ${isEnd} AS "isEnd"
      FROM message m JOIN conversation c ON c.id = m."conversationId"
      WHERE m.id = ${leafId} AND ${condition}
      UNION ALL
      SELECT ${columns}, b.depth + 1, b.running + ${cost}, b."isEnd" OR ${isEnd}
      FROM branch b CROSS JOIN LATERAL (${byKey(Prisma.sql`b."parentId"`)}) m WHERE NOT b."isEnd" OR b.depth < 2
    ), begin AS MATERIALIZED (
      SELECT
        coalesce(
          (SELECT id FROM branch WHERE "isCleared" ORDER BY depth LIMIT 1),
          (SELECT "startsAfterId" FROM sure JOIN branch ON branch.id = sure."throughMessageId")) AS "clearedThroughId",
        coalesce((SELECT min(depth) FROM branch WHERE "isCleared"), ${NO_DEPTH}::int) AS depth
    ), held AS MATERIALIZED (
      SELECT u.id, branch.depth FROM begin, usable u JOIN branch ON branch.id = u."throughMessageId"
      WHERE u."startsAfterId" IS NOT DISTINCT FROM begin."clearedThroughId" AND branch.depth < begin.depth
      ORDER BY u.version DESC LIMIT 1
    ), placed AS (
      SELECT b.*, b.depth >= least(begin.depth, held.depth) AS "isCovered",
             b.running <= reading.budget OR b.depth <= 2 AS "isRead"
      FROM begin CROSS JOIN reading CROSS JOIN branch b LEFT JOIN held ON true
    )`
}

/** One message. OFFSET keeps PostgreSQL from reading the whole table for some of them, which it takes for cheaper. */
function byKey(id: Prisma.Sql): Prisma.Sql {
  return Prisma.sql`SELECT * FROM message WHERE id = ${id} OFFSET 0`
}

/** Further back than any message. */
const NO_DEPTH = 2_147_483_647

/** The summary that `contextWalk` found to hold, as one JSON value: a HeldSummary; NULL when there is none. */
export const summaryColumn = Prisma.sql`(
  SELECT json_build_object('id', s.id, 'version', s.version, 'throughMessageId', s."throughMessageId",
                           'text', s.text, 'tokens', s.tokens)
  FROM held JOIN summary s ON s.id = held.id)`

/** What `contextWalk` found, as one JSON value: a ContextHistory. */
export const contextColumns = Prisma.sql`
  json_build_object(
    'clearedThroughId', (SELECT "clearedThroughId" FROM begin),
    'summary', ${summaryColumn},
    'unread', (
      SELECT json_build_object(
        'fromId', (SELECT id FROM branch WHERE depth = range.oldest),
        'throughId', (SELECT id FROM branch WHERE depth = range.newest),
        'messages', range.messages, 'tokens', range.tokens)
      FROM (SELECT max(depth) AS oldest, min(depth) AS newest, count(*) AS messages, sum(tokens) AS tokens
            FROM placed WHERE NOT "isCovered" AND NOT "isRead") range
      WHERE range.messages > 0),
    'messages', (
      SELECT coalesce(json_agg(json_build_object(
        'id', p.id, 'role', p.role, 'tokens', p.tokens, 'text', m.text, 'status', g.status, 'isCovered', p."isCovered"
      ) ORDER BY p.depth DESC), '[]')
      FROM placed p CROSS JOIN LATERAL (${byKey(Prisma.sql`p.id`)}) m LEFT JOIN LATERAL (
        SELECT status FROM generation WHERE "messageId" = p.id ORDER BY "startedAt" DESC, id DESC LIMIT 1
      ) g ON true
      WHERE p.depth <= 2 OR (p."isRead" AND NOT p."isCovered")))`
