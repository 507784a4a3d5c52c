import { cleanTitle } from '#lib/chat/clean-title.ts'
import { fallbackTitle } from '#lib/chat/fallback-title.ts'
import { findUntitledConversations, findUntitledMessage, setFoundTitle } from '#lib/db/conversations.ts'
import { log } from '#lib/log.ts'
import { promptLibrary } from '#lib/prompts/library.ts'
import { type ChatModel, models } from '#lib/providers/resolve-models.ts'
import { announceChange } from './conversation-events.ts'
import { type JobQueue, sendJob } from './jobs.ts'
import { completeAndRecord } from './record-usage.ts'

/** What a title is made from; the rest of a long message would only cost. */
const TITLE_INPUT_LENGTH = 2_000
/** A model that has found no title in so many calls finds none. */
const MOST_CALLS = 6
/** Older conversations without a title are not worth a call any more. */
const RECOVER_WITHIN_MS = 24 * 60 * 60_000

/** Titles: tried twice, then the first words of the message stand in for one until the next turn asks again. */
export const titleQueue: JobQueue = {
  name: 'title',
  retryLimit: 1,
  async handle(conversationId, isLastAttempt) {
    const { utility } = await models()
    await titleConversation(conversationId, utility, isLastAttempt)
  },
}

/** Asks for a conversation's title in the background. A request that is lost is made again when the server starts. */
export function requestTitle(conversationId: string): void {
  sendJob(titleQueue.name, conversationId).catch((error: unknown) => {
    log().warn({ conversationId, error: String(error) }, 'a title could not be requested')
  })
}

/**
 * Requests the titles that are missing: their jobs were lost with a server that stopped between storing a message and
 * asking, or the model was of no use.
 */
export async function recoverTitles(): Promise<void> {
  const ids = await findUntitledConversations(new Date(Date.now() - RECOVER_WITHIN_MS))
  for (const id of ids) requestTitle(id)
}

/**
 * Gives a conversation the title that the model finds for its first message. Does nothing when a person was faster.
 *
 * @throws when the model failed or found none, unless it is the last attempt
 */
async function titleConversation(
  conversationId: string,
  model: ChatModel,
  isLastAttempt: boolean,
): Promise<void> {
  const untitled = await findUntitledMessage(conversationId)
  if (untitled === null || untitled.calls >= MOST_CALLS) return
  const { userId, text } = untitled
  const title = await findTitle({ userId, conversationId }, text, model).catch((error: unknown) => {
    if (!isLastAttempt) throw error
    log().warn(
      { conversationId, fault: error instanceof Error ? error.name : 'unknown' },
      'no title from the model',
    )
    return null
  })
  if (title === null) await setFoundTitle(conversationId, fallbackTitle(text), 'placeholder')
  else await setFoundTitle(conversationId, title, 'generated')
  announceChange()
}

async function findTitle(
  whose: { userId: string; conversationId: string },
  message: string,
  model: ChatModel,
): Promise<string> {
  const input = message.slice(0, TITLE_INPUT_LENGTH).toWellFormed()
  const prompt = promptLibrary().composePrompt('title', { input }).text
  const { text } = await completeAndRecord(whose, { model, purpose: 'title', prompt, input })
  const title = cleanTitle(text)
  if (title === null) throw new Error('The model gave an empty title')
  return title
}
