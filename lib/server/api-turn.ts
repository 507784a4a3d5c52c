import { v5 as uuidv5, v7 as uuidv7 } from 'uuid'
import type { AnswerRequest, ChatRequest } from '#lib/api/chat.ts'
import { cleanText } from '#lib/chat/clean-text.ts'
import type { StoredTurn } from '#lib/db/generations.ts'
import { inTime } from '#lib/db/in-time.ts'
import { findLastAnswer, findMessage } from '#lib/db/messages.ts'
import { AppError } from '#lib/errors.ts'
import { conversationNotFound, messageNotFound } from './path-ids.ts'
import { preferredChoice } from './preferred-choice.ts'
import { startTurn } from './start-turn.ts'

const MAX_KEY_LENGTH = 255

/**
 * Starts the turn of a message that came through the API. With a key (`Idempotency-Key`) the ids are made from it, so that
 * the same request again is the same turn, by the rule that the page's own ids follow.
 *
 * @throws AppError as `startTurn`, and idempotency_key_reused
 */
export async function sendThroughApi(
  userId: string,
  { message, stream: _, ...request }: ChatRequest,
  key: string | null,
): Promise<StoredTurn> {
  const ids = idsFrom(userId, key)
  const place = request.conversationId
    ? {
        conversationId: request.conversationId,
        parentId: await parentOf(userId, request.conversationId, request),
      }
    : {
        ...(await usualChoice(userId, request)),
        conversationId: ids('conversation'),
        parentId: noParent(request),
      }
  const started = startTurn(userId, {
    ...{ ...choiceOf(request), ...place },
    message: { id: ids('message'), text: message },
  })
  const turn = await named(started, { 'message.text': 'message' })
  if (key !== null) await checkSame(userId, turn, message)
  return turn
}

/**
 * Asks for another answer to a message.
 *
 * @throws AppError as `startTurn`
 */
export async function answerThroughApi(
  userId: string,
  messageId: string,
  { stream: _, ...choice }: AnswerRequest,
  key: string | null,
): Promise<StoredTurn> {
  const found = await inTime(findMessage(userId, messageId))
  if (!found) throw messageNotFound()
  const ids = idsFrom(userId, key)
  const started = startTurn(userId, {
    ...{ ...choiceOf(choice), conversationId: found.conversationId },
    ...{ parentId: messageId, answerId: ids(`answer to ${messageId}`) },
  })
  return named(started, { parentId: 'messageId' })
}

/** The fields at fault by the names that they have here. An id that is taken is one that was made from the key. */
async function named(started: Promise<StoredTurn>, names: Record<string, string>): Promise<StoredTurn> {
  try {
    return await started
  } catch (error) {
    if (!(error instanceof AppError)) throw error
    if (error.code === 'message_id_taken') throw keyReused()
    const field = error.field && names[error.field]
    if (!field) throw error
    throw new AppError(error.code, error.userMessage, { cause: error, field })
  }
}

function idsFrom(userId: string, key: string | null): (what: string) => string {
  if (key === null) return () => uuidv7()
  if (key.length === 0 || key.length > MAX_KEY_LENGTH) {
    throw new AppError('invalid_request', `An Idempotency-Key has 1 to ${MAX_KEY_LENGTH} characters.`, {
      field: 'Idempotency-Key',
    })
  }
  return (what) => uuidv5(`${what}: ${key}`, userId)
}

type Choice = Omit<AnswerRequest, 'stream'>

function choiceOf({ persona, intensity, model }: Choice) {
  return {
    ...(persona !== undefined && { persona }),
    ...(intensity !== undefined && { intensity }),
    ...(model !== undefined && { model }),
  }
}

async function parentOf(
  userId: string,
  conversationId: string,
  { parentId }: { parentId?: string | undefined },
): Promise<string | null> {
  if (parentId !== undefined) return parentId
  const last = await inTime(findLastAnswer(userId, conversationId))
  if (!last) throw conversationNotFound()
  return last.answerId
}

/** With what the person's new conversations begin, as far as that is still there. */
async function usualChoice(userId: string, asked: Choice): Promise<Choice> {
  if (asked.persona !== undefined && asked.model !== undefined) return {}
  const { persona, model } = await preferredChoice(userId)
  return {
    ...(asked.persona === undefined && persona !== null && { persona }),
    ...(asked.model === undefined && model !== null && { model }),
  }
}

function noParent({ parentId }: { parentId?: string | undefined }): null {
  if (parentId === undefined) return null
  throw new AppError(
    'invalid_request',
    'A new conversation has no message yet. Name its conversationId, too.',
    {
      field: 'parentId',
    },
  )
}

/** The turn of the same key may be of another message. */
async function checkSame(userId: string, turn: StoredTurn, text: string): Promise<void> {
  const stored = await inTime(findMessage(userId, turn.userMessageId))
  if (stored?.text === cleanText(text).trim()) return
  throw keyReused()
}

function keyReused(): AppError {
  return new AppError(
    'idempotency_key_reused',
    'Another message was sent with this Idempotency-Key. Send this one with a key of its own.',
    { field: 'Idempotency-Key' },
  )
}
