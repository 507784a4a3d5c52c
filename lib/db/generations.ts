import type { ContextLedger } from '#lib/chat/context-ledger.ts'
import type { GenerationCall } from '#lib/chat/generation-call.ts'
import type { Microcents } from '#lib/chat/money.ts'
import type { GenerationStatus, GenerationView } from '#lib/chat/types.ts'
import { db } from './client.ts'
import { type GenerationRow, generationView, viewColumns } from './generation-view.ts'
import { type AnswerUsage, endedUsage } from './usage-events.ts'

/** A generation as its stream begins: what it belongs to and what was written so far. */
export interface StoredTurn {
  conversationId: string
  userMessageId: string
  answerId: string
  generation: GenerationView
  /** The answer's text; while it is streaming, what the chunk log holds. */
  text: string
  /** The sequence of the last chunk in `text`; -1 when there is none. */
  sequence: number
}

/**
 * Reads one of the person's turns by its generation. In one statement: text and chunks of two moments would be the text of
 * an answer that ended in between, twice.
 */
export async function readTurn(userId: string, generationId: string): Promise<StoredTurn | null> {
  const [row] = await db().$queryRaw<
    {
      conversationId: string
      messageId: string
      parentId: string
      text: string
      sequence: number
      generation: GenerationRow
    }[]
  >`
    SELECT g."conversationId", m.id AS "messageId", m."parentId", to_json(v) AS generation, coalesce(log.sequence, -1) AS sequence,
      CASE WHEN g.status = 'streaming' THEN m.text || coalesce(log.text, '') ELSE m.text END AS text
    FROM generation g
    JOIN conversation c ON c.id = g."conversationId" AND c."userId" = ${userId}::uuid AND c."deletedAt" IS NULL
    JOIN message m ON m.id = g."messageId" AND m."parentId" IS NOT NULL
    CROSS JOIN LATERAL (SELECT ${viewColumns('generation')} FROM generation WHERE id = g.id) v
    LEFT JOIN LATERAL (
      SELECT string_agg(text, '' ORDER BY sequence) AS text, max(sequence) AS sequence
      FROM generation_chunk WHERE "generationId" = g.id
    ) log ON true
    WHERE g.id = ${generationId}::uuid`
  if (!row) return null
  const { conversationId, text, sequence } = row
  return {
    ...{ conversationId, text, sequence },
    userMessageId: row.parentId,
    answerId: row.messageId,
    generation: generationView(row.generation),
  }
}

/** The generation that is running in a conversation of this person, if one is. */
export async function findRunningGeneration(userId: string, conversationId: string): Promise<string | null> {
  const row = await db().generation.findFirst({
    where: { conversationId, status: 'streaming', conversation: { userId, deletedAt: null } },
    select: { id: true },
  })
  return row?.id ?? null
}

/** What another instance wrote since `afterSequence`, and whether it has ended. In one statement, as `readTurn`. */
export async function readProgress(generationId: string, afterSequence: number) {
  const [row] = await db().$queryRaw<
    { generation: GenerationRow; finalText: string | null; chunks: { sequence: number; text: string }[] }[]
  >`
    SELECT to_json(v) AS generation, CASE WHEN g.status <> 'streaming' THEN m.text END AS "finalText",
      (SELECT coalesce(json_agg(json_build_object('sequence', sequence, 'text', text) ORDER BY sequence), '[]')
       FROM generation_chunk WHERE "generationId" = g.id AND sequence > ${afterSequence}::int) AS chunks
    FROM generation g JOIN message m ON m.id = g."messageId"
    CROSS JOIN LATERAL (SELECT ${viewColumns('generation')} FROM generation WHERE id = g.id) v
    WHERE g.id = ${generationId}::uuid`
  if (!row) return null
  return {
    generation: generationView(row.generation),
    chunks: row.chunks,
    /** The whole text, once it has ended. */
    finalText: row.finalText,
  }
}

/** The error code of an answer that broke off: what a sweeper writes, and a provider's break, too. */
export const SWEPT = 'interrupted'

export interface ChunkToWrite {
  generationId: string
  sequence: number
  text: string
}

/**
 * Appends the new text of all running generations of this instance in one statement, renews their heartbeats,
 * and tells which of them are still running and which were asked to stop.
 */
export async function writeProgress(
  runningIds: string[],
  chunks: ChunkToWrite[],
): Promise<Map<string, { stopRequested: boolean }>> {
  const rows = await db().$queryRaw<{ id: string; stopRequested: boolean }[]>`
    WITH running AS (
      UPDATE generation SET "heartbeatAt" = now()
      WHERE id = ANY(${runningIds}::uuid[]) AND status = 'streaming'
      RETURNING id, "stopRequestedAt"
    ), written AS (
      INSERT INTO generation_chunk ("generationId", sequence, text)
      SELECT running.id, chunk.sequence, chunk.text
      FROM unnest(${chunks.map((chunk) => chunk.generationId)}::uuid[],
                  ${chunks.map((chunk) => chunk.sequence)}::int[],
                  ${chunks.map((chunk) => chunk.text)}::text[]) AS chunk(id, sequence, text)
      JOIN running ON running.id = chunk.id
      -- A statement that reached the server but whose answer was lost is sent again.
      ON CONFLICT DO NOTHING
    )
    SELECT id, "stopRequestedAt" IS NOT NULL AS "stopRequested" FROM running`
  return new Map(rows.map(({ id, stopRequested }) => [id, { stopRequested }]))
}

export interface GenerationEnd {
  generationId: string
  status: Exclude<GenerationStatus, 'streaming'>
  errorCode: string | null
  /** After how many seconds the provider wants to be asked again. */
  retryAfterSeconds: number | null
  /** Who wrote it, or was asked last; NULL: whoever was asked first. */
  model: { provider: string; model: string } | null
  /** What was sent in the end, when it was not what was stored at the start. */
  ledger: ContextLedger | null
  text: string
  /** Tokens of `text`, as counted here. */
  tokens: number
  inputTokens: number | null
  outputTokens: number | null
  cachedInputTokens: number | null
  reasoningTokens: number | null
  timeToFirstTokenMs: number | null
  /** NULL: from the start to the last sign of life, by the database's clock. */
  latencyMs: number | null
  /** Every call that it took, in their order. */
  calls: GenerationCall[]
  /** Of all calls; NULL when it is not known. */
  cost: Microcents | null
  /** What the calls came to, for the ledger. */
  usage: AnswerUsage[]
}

/**
 * The one write that ends a generation: sets its final state, folds the text into the message, drops the chunk log and enters
 * its calls into the ledger of usage.
 * Whoever comes first wins; a generation that has ended is not changed.
 *
 * Whoever writes an answer may still replace what a sweeper, who knows less of its text, wrote in its place.
 *
 * @param onlyIfHeartbeat write only if this is still the last sign of life (the sweeper's condition)
 * @returns the generation as it ended, or NULL when it had ended before
 */
export async function finishGeneration(
  end: GenerationEnd,
  onlyIfHeartbeat: Date | null = null,
): Promise<GenerationView | null> {
  const [row] = await db().$queryRaw<GenerationRow[]>`
    WITH locked AS (
      -- In the order in which a new turn takes its locks: conversation, then generation.
      SELECT id, "userId" FROM conversation
      WHERE id = (SELECT "conversationId" FROM generation WHERE id = ${end.generationId}::uuid) FOR NO KEY UPDATE
    ), finished AS (
      UPDATE generation SET
        status = ${end.status}::"GenerationStatus", "errorCode" = ${end.errorCode}, "finishedAt" = now(),
        "inputTokens" = ${end.inputTokens}::int, "outputTokens" = ${end.outputTokens}::int,
        "cachedInputTokens" = ${end.cachedInputTokens}::int, "reasoningTokens" = ${end.reasoningTokens}::int,
        "timeToFirstTokenMs" = ${end.timeToFirstTokenMs}::int,
        "retryAt" = now() + make_interval(secs => ${end.retryAfterSeconds}::float),
        "fallbackFrom" = CASE WHEN (provider, model) <> (${end.model?.provider ?? null}, ${end.model?.model ?? null}) THEN model ELSE "fallbackFrom" END,
        provider = coalesce(${end.model?.provider ?? null}, provider), model = coalesce(${end.model?.model ?? null}, model),
        ledger = coalesce(${end.ledger && JSON.stringify(end.ledger)}::jsonb, ledger),
        calls = ${JSON.stringify(end.calls)}::jsonb, cost = ${end.cost}::bigint,
        "latencyMs" = coalesce(${end.latencyMs}::int, (extract(epoch FROM "heartbeatAt" - "startedAt") * 1000)::int)
      FROM locked
      WHERE generation.id = ${end.generationId}::uuid AND generation."conversationId" = locked.id
        AND CASE WHEN ${onlyIfHeartbeat !== null} THEN status = 'streaming' AND "heartbeatAt" = ${onlyIfHeartbeat}
            ELSE status = 'streaming' OR (status IN ('interrupted', 'failed') AND "errorCode" = ${SWEPT} AND NOT EXISTS (
              SELECT 1 FROM generation later
              WHERE later."messageId" = generation."messageId" AND later."startedAt" > generation."startedAt")) END
      RETURNING generation.*
    ), folded AS (
      UPDATE message SET text = ${end.text}, tokens = ${end.tokens}
      FROM finished WHERE message.id = finished."messageId"
    ), cleared AS (
      DELETE FROM generation_chunk USING finished WHERE "generationId" = finished.id
    ), touched AS (
      UPDATE conversation SET "changedAt" = clock_timestamp() FROM finished WHERE conversation.id = finished."conversationId"
    ), ended AS (${endedUsage(end.usage)})
    SELECT ${viewColumns('finished')} FROM finished`
  return row ? generationView(row) : null
}

/**
 * Asks the running generation of a conversation of this person to stop, wherever it runs.
 *
 * @param generationId only this one; NULL: whichever runs
 * @returns whether it runs
 */
export async function requestStop(
  userId: string,
  conversationId: string,
  generationId: string | null = null,
): Promise<boolean> {
  const count = await db().$executeRaw`
    UPDATE generation SET "stopRequestedAt" = now() FROM conversation
    WHERE generation."conversationId" = ${conversationId}::uuid AND generation.status = 'streaming'
      AND (${generationId}::uuid IS NULL OR generation.id = ${generationId}::uuid)
      AND conversation.id = generation."conversationId" AND conversation."userId" = ${userId}::uuid`
  return count === 1
}

/** Asks every running generation of a person to stop, wherever it runs. */
export async function requestStops(userId: string): Promise<void> {
  await db().$executeRaw`
    UPDATE generation SET "stopRequestedAt" = now() FROM conversation
    WHERE generation.status = 'streaming' AND conversation.id = generation."conversationId"
      AND conversation."userId" = ${userId}::uuid`
}
