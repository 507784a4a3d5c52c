import type { ContextLedger } from '#lib/chat/context-ledger.ts'
import type { Microcents } from '#lib/chat/money.ts'
import type { Intensity } from '#lib/chat/types.ts'
import { db } from './client.ts'
import { violatedConstraint } from './database-errors.ts'
import { insertedTexts, type PromptText, rememberTexts } from './prompt-texts.ts'
import { admittedTurn, runningUsage, type TurnLimits } from './usage-events.ts'

export interface NewTurn {
  userId: string
  conversationId: string
  /** Given for the first turn of a conversation; the placeholder is what the list shows until a title is there. */
  newConversation: { placeholderTitle: string; isTemporary?: boolean; folderId?: string | null } | null
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
  /** What the request was composed of, to be kept where it is not yet. */
  texts: PromptText[]
  /** What its call can cost at most: held until it has ended. */
  held: Microcents
}

/**
 * Why a turn was not written. `generation_running`, `already_there`: another request was faster. `changed`: the conversation
 * is not what was checked: messages or itself were deleted. `over_budget`, `too_many`: the person may not, for now.
 * `nobody`: the person is gone, or was disabled.
 */
export type TurnConflict =
  | 'generation_running'
  | 'already_there'
  | 'changed'
  | 'over_budget'
  | 'too_many'
  | 'nobody'

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
    generation,
    () => db().$queryRaw`
      WITH ${admittedTurn(userId, generation.held, turn.limits)}, new_conversation AS (
        INSERT INTO conversation (id, "userId", title, "titleSource", persona, intensity, model, temporary, "folderId", "activeLeafId")
        SELECT ${conversationId}::uuid, ${userId}::uuid, ${turn.newConversation?.placeholderTitle ?? ''}, 'placeholder'::"TitleSource",
               ${turn.persona}, ${turn.intensity}::"Intensity", ${turn.model},
               ${turn.newConversation?.isTemporary ?? false},
               (SELECT f.id FROM folder f WHERE f.id = ${turn.newConversation?.folderId ?? null}::uuid AND f."userId" = ${userId}::uuid),
               ${answer.id}::uuid
        FROM admitted WHERE verdict = 'yes' AND ${turn.newConversation !== null}
        RETURNING id
      ), old_conversation AS (
        UPDATE conversation SET "activeLeafId" = ${answer.id}::uuid, persona = ${turn.persona},
               intensity = ${turn.intensity}::"Intensity", model = ${turn.model}, "archivedAt" = NULL,
               "lastActivityAt" = now(), "changedAt" = clock_timestamp()
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
      ), usage AS (${runningUsage(userId, generation.held)}), ${insertedTexts(userId, generation.texts)}
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
    generation,
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
      ), usage AS (${runningUsage(userId, generation.held)}), ${insertedTexts(userId, generation.texts)}
      SELECT verdict, EXISTS (SELECT 1 FROM started) AS "isWritten" FROM admitted`,
  )
}

interface Written {
  verdict: 'yes' | 'over_budget' | 'too_many'
  isWritten: boolean
}

async function explainConflict(
  { texts }: NewGeneration,
  write: () => Promise<Written[]>,
): Promise<TurnConflict | null> {
  try {
    const [row] = await write()
    if (!row) return 'nobody'
    if (row.verdict !== 'yes') return row.verdict
    if (!row.isWritten) return 'changed'
    rememberTexts(texts)
    return null
  } catch (error) {
    const constraint = violatedConstraint(error)
    if (constraint === 'generation_one_streaming') return 'generation_running'
    if (constraint !== null && alreadyThere.has(constraint)) return 'already_there'
    throw error
  }
}
