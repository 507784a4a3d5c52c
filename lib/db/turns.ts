import { type BranchMessage, TOKENS_PER_MESSAGE } from '#lib/chat/build-context.ts'
import type { ContextLedger } from '#lib/chat/context-ledger.ts'
import type { Microcents } from '#lib/chat/money.ts'
import type { Intensity } from '#lib/chat/types.ts'
import { db } from './client.ts'
import { violatedConstraint } from './database-errors.ts'
import { admittedTurn, runningUsage, type TurnLimits } from './usage-events.ts'

/** What is known when a turn is asked for. */
export interface TurnState {
  /** NULL when no such conversation of this person exists. */
  conversation: {
    id: string
    persona: string
    intensity: Intensity | null
    model: string | null
    taken: boolean
    deletions: number
  } | null
  /** The turn that this very request already started, if it did. */
  existing: { generationId: string } | null
  /** When this person's turns of the last minute began, newest first, in seconds before now; at most `rateLimit`. */
  recentTurns: number[]
  /** Whether the new message's or answer's id is used by something else. */
  idTaken: boolean
  /**
   * From the first message to the parent, oldest first; empty when the parent is NULL, deleted or not in this
   * conversation.
   */
  branch: BranchMessage[]
  /** The newest run of the parent, when that is an answer, and whether anything follows it. */
  parentRun: {
    persona: string
    intensity: Intensity
    provider: string
    model: string
    isFollowed: boolean
  } | null
}

/**
 * Reads everything that decides how a turn starts, in one statement.
 * Of the branch only the messages that can fit `budget` tokens come with their text, and in any case the last two.
 *
 * @param requestId the id that makes the request idempotent: of the new user message, the new answer, or the new run
 * @param parentId the message that the new one follows, or the answer to be continued
 */
export async function readTurnState(input: {
  userId: string
  conversationId: string
  parentId: string | null
  requestId: string
  budget: number
  rateLimit: number
}): Promise<TurnState> {
  const { userId, conversationId, parentId, requestId, budget, rateLimit } = input
  const [row] = await db().$queryRaw<[{ state: TurnStateRow }]>`
    WITH RECURSIVE branch AS (
      SELECT m.id, m."parentId", m.role, m.tokens, 1 AS depth, m.tokens::bigint + ${TOKENS_PER_MESSAGE}::bigint AS running
      FROM message m JOIN conversation c ON c.id = m."conversationId"
      WHERE m.id = ${parentId}::uuid AND m."deletedAt" IS NULL
        AND c.id = ${conversationId}::uuid AND c."userId" = ${userId}::uuid
      UNION ALL
      SELECT m.id, m."parentId", m.role, m.tokens, b.depth + 1, b.running + m.tokens + ${TOKENS_PER_MESSAGE}::bigint
      FROM branch b JOIN message m ON m.id = b."parentId"
    )
    SELECT json_build_object(
      'conversation', (
        SELECT json_build_object('id', id, 'persona', persona, 'intensity', intensity, 'model', model, 'deletions', deletions,
                                 'taken', "userId" <> ${userId}::uuid OR "deletedAt" IS NOT NULL)
        FROM conversation WHERE id = ${conversationId}::uuid),
      'request', (
        SELECT json_build_object(
          'ours', m."conversationId" = ${conversationId}::uuid AND c."userId" = ${userId}::uuid AND m."deletedAt" IS NULL,
          'generationId', (
            SELECT g.id FROM message answer JOIN generation g ON g."messageId" = answer.id
            WHERE answer.id = m.id OR answer."parentId" = m.id 
            ORDER BY answer."createdAt", answer.id, g."startedAt" DESC, g.id DESC LIMIT 1))
        FROM message m JOIN conversation c ON c.id = m."conversationId" WHERE m.id = ${requestId}::uuid
        UNION ALL
        SELECT json_build_object(
          'ours', g."conversationId" = ${conversationId}::uuid AND c."userId" = ${userId}::uuid, 'generationId', g.id)
        FROM generation g JOIN conversation c ON c.id = g."conversationId" WHERE g.id = ${requestId}::uuid),
      'parentRun', (
        SELECT json_build_object(
          'persona', g.persona, 'intensity', g.intensity, 'provider', g.provider, 'model', g.model,
          'isFollowed', EXISTS (SELECT 1 FROM message m WHERE m."parentId" = branch.id AND m."deletedAt" IS NULL))
        FROM branch JOIN generation g ON g."messageId" = branch.id
        WHERE branch.depth = 1 ORDER BY g."startedAt" DESC, g.id DESC LIMIT 1),
      'recentTurns', (
        SELECT coalesce(json_agg(extract(epoch FROM now() - recent."startedAt") ORDER BY recent."startedAt" DESC), '[]')
        FROM (SELECT g."startedAt" FROM conversation c JOIN generation g ON g."conversationId" = c.id
              WHERE c."userId" = ${userId}::uuid AND c."lastActivityAt" > now() - interval '1 minute'
                AND g."startedAt" > now() - interval '1 minute'
              ORDER BY g."startedAt" DESC LIMIT ${rateLimit}) recent),
      'branch', (
        SELECT coalesce(json_agg(json_build_object(
          'id', b.id, 'role', b.role, 'tokens', b.tokens, 'status', g.status,
          'text', CASE WHEN b.running <= ${budget}::bigint OR b.depth <= 2 THEN m.text END) ORDER BY b.depth DESC), '[]')
        FROM branch b JOIN message m ON m.id = b.id LEFT JOIN LATERAL (
          SELECT status FROM generation WHERE "messageId" = b.id ORDER BY "startedAt" DESC, id DESC LIMIT 1
        ) g ON true)
    ) AS state`
  const { conversation, request, branch, parentRun, recentTurns } = row.state
  return {
    conversation,
    recentTurns,
    parentRun,
    existing: request?.ours && request.generationId ? { generationId: request.generationId } : null,
    idTaken: request !== null && !(request.ours && request.generationId),
    branch,
  }
}

interface TurnStateRow {
  conversation: TurnState['conversation']
  request: { ours: boolean; generationId: string | null } | null
  recentTurns: number[]
  branch: BranchMessage[]
  parentRun: TurnState['parentRun']
}

export interface NewTurn {
  userId: string
  conversationId: string
  /** Given for the first turn of a conversation; the placeholder is what the list shows until a title is there. */
  newConversation: { placeholderTitle: string } | null
  /** The conversation's as they were when the turn was checked; 0 for a new one. */
  deletions: number
  persona: string
  /** The conversation's choice; NULL: the persona's own. */
  intensity: Intensity | null
  /** The conversation's choice; NULL: the usual one. */
  model: string | null
  /** NULL when an existing user message is answered anew. */
  userMessage: { id: string; parentId: string | null; text: string; tokens: number } | null
  answer: { id: string; parentId: string }
  generation: NewGeneration
  limits: TurnLimits
}

export interface NewGeneration {
  id: string
  provider: string
  model: string
  persona: string
  intensity: Intensity
  promptHash: string
  ledger: ContextLedger
  /** What its call can cost at most: held until it has ended. */
  held: Microcents
}

/**
 * Why a turn was not written. `generation_running`, `already_there`: another request was faster. `changed`: the conversation
 * is not what was checked: messages or itself were deleted. `over_budget`, `too_many`: the person may not, for now.
 */
export type TurnConflict = 'generation_running' | 'already_there' | 'changed' | 'over_budget' | 'too_many'

/** Which of them PostgreSQL checks first is not said. */
const alreadyThere = new Set(['conversation_pkey', 'message_pkey', 'generation_pkey'])

/**
 * Writes a turn whole or not at all, in one statement: the conversation if it is new, the user message,
 * the answer that is still empty, its generation in `streaming` and what that may cost.
 *
 * @returns NULL when written
 */
export async function insertTurn(turn: NewTurn): Promise<TurnConflict | null> {
  const { conversationId, userId, userMessage, answer, generation } = turn
  return explainConflict(
    () => db().$queryRaw`
      WITH ${admittedTurn(userId, generation.held, turn.limits)}, new_conversation AS (
        INSERT INTO conversation (id, "userId", title, "titleSource", persona, intensity, model, "activeLeafId")
        SELECT ${conversationId}::uuid, ${userId}::uuid, ${turn.newConversation?.placeholderTitle ?? ''}, 'placeholder'::"TitleSource",
               ${turn.persona}, ${turn.intensity}::"Intensity", ${turn.model}, ${answer.id}::uuid
        FROM admitted WHERE verdict = 'yes' AND ${turn.newConversation !== null}
        RETURNING id
      ), old_conversation AS (
        UPDATE conversation SET "activeLeafId" = ${answer.id}::uuid, persona = ${turn.persona},
               intensity = ${turn.intensity}::"Intensity", model = ${turn.model}, "lastActivityAt" = now(), "changedAt" = clock_timestamp()
        FROM admitted
        WHERE verdict = 'yes' AND id = ${conversationId}::uuid AND "userId" = ${userId}::uuid AND "deletedAt" IS NULL
          AND deletions = ${turn.deletions} AND ${turn.newConversation === null}
        RETURNING id
      ), target AS (
        SELECT id FROM new_conversation UNION ALL SELECT id FROM old_conversation
      ), user_message AS (
        INSERT INTO message (id, "conversationId", "parentId", role, text, tokens)
        SELECT ${userMessage?.id ?? null}::uuid, id, ${userMessage?.parentId ?? null}::uuid, 'user'::"MessageRole",
               ${userMessage?.text ?? ''}, ${userMessage?.tokens ?? 0}
        FROM target WHERE ${userMessage !== null}
      ), answer AS (
        INSERT INTO message (id, "conversationId", "parentId", role, text, tokens)
        SELECT ${answer.id}::uuid, id, ${answer.parentId}::uuid, 'assistant'::"MessageRole", '', 0 FROM target
      ), started AS (
        INSERT INTO generation (id, "messageId", "conversationId", status, provider, model, persona, intensity, "promptHash", ledger)
        SELECT ${generation.id}::uuid, ${answer.id}::uuid, id, 'streaming'::"GenerationStatus", ${generation.provider}, ${generation.model},
               ${generation.persona}, ${generation.intensity}::"Intensity", ${generation.promptHash}, ${JSON.stringify(generation.ledger)}::jsonb
        FROM target RETURNING *
      ), usage AS (${runningUsage(userId, generation.held)})
      SELECT verdict, EXISTS (SELECT 1 FROM started) AS "isWritten" FROM admitted`,
  )
}

export interface NewContinuation {
  userId: string
  conversationId: string
  deletions: number
  answerId: string
  generation: NewGeneration
  limits: TurnLimits
}

/**
 * Writes another run of an answer that broke off, in `streaming`, and shows the branch that ends with it.
 *
 * @returns NULL when written
 */
export async function insertContinuation(turn: NewContinuation): Promise<TurnConflict | null> {
  const { conversationId, userId, answerId, generation } = turn
  return explainConflict(
    () => db().$queryRaw`
      WITH ${admittedTurn(userId, generation.held, turn.limits)}, target AS (
        UPDATE conversation SET "activeLeafId" = ${answerId}::uuid, "lastActivityAt" = now(), "changedAt" = clock_timestamp()
        FROM admitted
        WHERE verdict = 'yes' AND id = ${conversationId}::uuid AND "userId" = ${userId}::uuid AND "deletedAt" IS NULL
          AND deletions = ${turn.deletions}
        RETURNING id
      ), started AS (
        INSERT INTO generation (id, "messageId", "conversationId", status, provider, model, persona, intensity, "promptHash", ledger)
        SELECT ${generation.id}::uuid, ${answerId}::uuid, id, 'streaming'::"GenerationStatus", ${generation.provider}, ${generation.model},
               ${generation.persona}, ${generation.intensity}::"Intensity", ${generation.promptHash}, ${JSON.stringify(generation.ledger)}::jsonb
        FROM target RETURNING *
      ), usage AS (${runningUsage(userId, generation.held)})
      SELECT verdict, EXISTS (SELECT 1 FROM started) AS "isWritten" FROM admitted`,
  )
}

interface Written {
  verdict: 'yes' | 'over_budget' | 'too_many'
  isWritten: boolean
}

async function explainConflict(write: () => Promise<Written[]>): Promise<TurnConflict | null> {
  try {
    const [row] = await write()
    if (row && row.verdict !== 'yes') return row.verdict
    return row?.isWritten ? null : 'changed'
  } catch (error) {
    const constraint = violatedConstraint(error)
    if (constraint === 'generation_one_streaming') return 'generation_running'
    if (constraint !== null && alreadyThere.has(constraint)) return 'already_there'
    throw error
  }
}
