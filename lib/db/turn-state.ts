import type { ContextHistory } from '#lib/chat/context-history.ts'
import type { PersonalInstructions } from '#lib/chat/render-context.ts'
import type { Intensity } from '#lib/chat/types.ts'
import { db } from './client.ts'
import { contextColumns, contextWalk, type ReadingBudgets, readingBudget } from './context-walk.ts'
import { Prisma } from './generated/client.ts'
import { recentTurn } from './recent-turns.ts'

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
    isTemporary: boolean
    /** Whether it is to have a title, and none was found yet. */
    isUntitled: boolean
  } | null
  /** The turn that this very request already started, if it did. */
  existing: { generationId: string } | null
  /** When this person's turns of the last minute began, newest first, in seconds before now; at most `rateLimit`. */
  recentTurns: number[]
  /** Whether the new message's or answer's id is used by something else. */
  idTaken: boolean
  /** Of the branch that ends with the parent; without messages when that is NULL, deleted or not in this conversation. */
  history: ContextHistory
  /** The newest run of the parent, when that is an answer, and whether anything follows it. */
  parentRun: {
    persona: string
    intensity: Intensity
    provider: string
    model: string
    isFollowed: boolean
  } | null
  person: PersonalInstructions
  /** The folder that the conversation is in, or is to be begun in; NULL: none, or it is gone. */
  folder: { id: string; persona: string | null; instructions: string } | null
}

export interface TurnQuery {
  userId: string
  conversationId: string
  /** Where a new conversation is to be begun; NULL: in no folder. */
  folderId?: string | null
  /** The message that the new one follows, or the answer to be continued. */
  parentId: string | null
  /** The id that makes the request idempotent: of the new user message, the new answer, or the new run. */
  requestId: string
  budgets: ReadingBudgets
  rateLimit: number
}

/** Reads everything that decides how a turn starts, in one statement. Of the branch no more than `contextWalk` says. */
export async function readTurnState(query: TurnQuery): Promise<TurnState> {
  const [row] = await db().$queryRaw<[{ state: TurnStateRow }]>(turnStateStatement(query))
  const { request, person, ...state } = row.state
  return {
    ...state,
    // Whose account was deleted meanwhile has told nothing; what they ask for is refused when it is to be written.
    person: person ?? { aboutYou: '', howToAnswer: '' },
    existing: request?.ours && request.generationId ? { generationId: request.generationId } : null,
    idTaken: request !== null && !(request.ours && request.generationId),
  }
}

/** The statement by itself: how PostgreSQL carries it out is held by a test and measured by the bench. */
export function turnStateStatement(query: TurnQuery): Prisma.Sql {
  const { userId, requestId, rateLimit } = query
  const conversationId = Prisma.sql`${query.conversationId}::uuid`
  const parentId = Prisma.sql`${query.parentId}::uuid`
  return Prisma.sql`
    WITH RECURSIVE ${readingBudget(query.budgets, conversationId, parentId)}, ${contextWalk({
      conversationId,
      leafId: parentId,
      condition: Prisma.sql`m."deletedAt" IS NULL AND c.id = ${conversationId} AND c."userId" = ${userId}::uuid`,
    })}
    SELECT json_build_object(
      'conversation', (
        SELECT json_build_object('id', id, 'persona', persona, 'intensity', intensity, 'model', model, 'deletions', deletions,
                                 'isTemporary', temporary, 'isUntitled', "titleSource" = 'placeholder' AND NOT temporary,
                                 'taken', "userId" <> ${userId}::uuid OR "deletedAt" IS NOT NULL)
        FROM conversation WHERE id = ${conversationId}),
      'request', (
        SELECT json_build_object(
          'ours', m."conversationId" = ${conversationId} AND c."userId" = ${userId}::uuid AND m."deletedAt" IS NULL,
          'generationId', (
            SELECT g.id FROM message answer JOIN generation g ON g."messageId" = answer.id
            WHERE answer.id = m.id OR answer."parentId" = m.id
            ORDER BY answer."createdAt", answer.id, g."startedAt" DESC, g.id DESC LIMIT 1))
        FROM message m JOIN conversation c ON c.id = m."conversationId" WHERE m.id = ${requestId}::uuid
        UNION ALL
        SELECT json_build_object(
          'ours', g."conversationId" = ${conversationId} AND c."userId" = ${userId}::uuid, 'generationId', g.id)
        FROM generation g JOIN conversation c ON c.id = g."conversationId" WHERE g.id = ${requestId}::uuid),
      'parentRun', (
        SELECT json_build_object(
          'persona', g.persona, 'intensity', g.intensity, 'provider', g.provider, 'model', g.model,
          'isFollowed', EXISTS (SELECT 1 FROM message m WHERE m."parentId" = branch.id AND m."deletedAt" IS NULL))
        FROM branch JOIN generation g ON g."messageId" = branch.id
        WHERE branch.depth = 1 ORDER BY g."startedAt" DESC, g.id DESC LIMIT 1),
      'recentTurns', (
        SELECT coalesce(json_agg(extract(epoch FROM now() - recent."createdAt") ORDER BY recent."createdAt" DESC), '[]')
        FROM (SELECT "createdAt" FROM usage_event WHERE ${recentTurn(userId)}
              ORDER BY "createdAt" DESC LIMIT ${rateLimit}) recent),
      'person', (
        SELECT json_build_object('aboutYou', "aboutYou", 'howToAnswer', "howToAnswer") FROM "user" WHERE id = ${userId}::uuid),
      'folder', (
        SELECT json_build_object('id', f.id, 'persona', f.persona, 'instructions', f.instructions)
        FROM (SELECT ${query.folderId ?? null}::uuid AS id) wanted LEFT JOIN conversation c ON c.id = ${conversationId}
        JOIN folder f ON f.id = CASE WHEN c.id IS NULL THEN wanted.id ELSE c."folderId" END AND f."userId" = ${userId}::uuid),
      'history', ${contextColumns}
    ) AS state`
}

/** JSON has the right shape by construction. */
interface TurnStateRow
  extends Pick<TurnState, 'conversation' | 'recentTurns' | 'history' | 'parentRun' | 'folder'> {
  request: { ours: boolean; generationId: string | null } | null
  person: PersonalInstructions | null
}
