import { v7 as uuidv7 } from 'uuid'
import type { ChatRequest, Regenerate, SendMessage } from '#lib/chat/chat-request.ts'
import { cleanText } from '#lib/chat/clean-text.ts'
import type { ContextHistory } from '#lib/chat/context-history.ts'
import { countTokens } from '#lib/chat/count-tokens.ts'
import { fallbackTitle } from '#lib/chat/fallback-title.ts'
import { MAX_MESSAGE_LENGTH } from '#lib/chat/limits.ts'
import type { StoredTurn } from '#lib/db/generations.ts'
import { inTime } from '#lib/db/in-time.ts'
import { readTurnState, type TurnState } from '#lib/db/turn-state.ts'
import { insertTurn } from '#lib/db/turns.ts'
import { AppError } from '#lib/errors.ts'
import { noteRequest } from '#lib/log.ts'
import { promptLibrary } from '#lib/prompts/library.ts'
import { chooseModel } from './choose-model.ts'
import { choosePersona } from './choose-persona.ts'
import { continueAnswer } from './continue-answer.ts'
import { announceChange } from './conversation-events.ts'
import { isDraining } from './drain.ts'
import { readExisting, resolveConflict } from './existing-turn.ts'
import { conversationNotFound } from './path-ids.ts'
import { runGeneration } from './run-generation.ts'
import { requestTitle } from './title-conversation.ts'
import { contextFor, readingBudgets } from './turn-context.ts'
import { turnErrors } from './turn-errors.ts'
import { candidates, checkRate, mostItCanCost, newGeneration, turnSetting } from './turn-setting.ts'

type NewAnswerRequest = SendMessage | Regenerate

/**
 * Starts a turn: checks, stores what is new in one write, and sets the generation going.
 * The same request again (by the id that its client made) finds the turn that the first one started, also when that one was
 * told that the database is away: a turn whose write was then under way goes on once it is stored.
 *
 * @returns the turn as it is stored
 * @throws AppError invalid_request, unknown_persona, unknown_model, message_too_long, not_found, generation_running,
 *   not_continuable, message_id_taken, too_many_turns, budget_exhausted, shutting_down
 */
export function startTurn(userId: string, request: ChatRequest): Promise<StoredTurn> {
  noteRequest({ conversationId: request.conversationId })
  return 'generationId' in request ? continueAnswer(userId, request) : answerAnew(userId, request)
}

/** Stores a message, unless one is answered anew, and an empty answer to it. */
async function answerAnew(userId: string, request: NewAnswerRequest): Promise<StoredTurn> {
  const message = 'message' in request ? readMessage(request.message) : null
  const { models, rateLimit, limits } = await turnSetting()
  const answer = answerIds(request)
  const { conversationId, parentId } = request
  const lookUp = () =>
    readTurnState({
      ...{ userId, conversationId, parentId, rateLimit },
      folderId: 'message' in request ? (request.folderId ?? null) : null,
      requestId: message?.id ?? answer.id,
      budgets: readingBudgets(models, request.model ?? null),
    })

  const state = await inTime(lookUp())
  if (state.conversation?.taken) throw conversationNotFound()
  if (state.existing) return readExisting(userId, state.existing.generationId)
  if (state.idTaken) throw turnErrors.idTaken()
  // A turn that is stored may still be read while the server stops, but no new one begins.
  if (isDraining()) throw turnErrors.shuttingDown()
  checkRate(state.recentTurns, rateLimit)
  checkParent(request, state)
  const isTemporary = 'message' in request && request.temporary === true
  if (isTemporary && state.conversation?.isTemporary === false) throw turnErrors.notNew()

  const { persona, intensity } = choosePersona(request, state.conversation ?? inFolder(state))
  const model = await chooseModel(models, request.model, state.conversation?.model ?? null)
  const chosen = candidates(models, model.wanted)
  const prompt = promptLibrary().composePersona(persona, intensity)
  const history = message ? withMessage(state.history, message) : state.history
  const { context, rebuild, texts } = contextFor(chosen[0], {
    ...{ userId, prompt, person: state.person, history },
    folderInstructions: state.folder?.instructions ?? '',
  })
  const generation = newGeneration(chosen[0], persona, prompt.intensity)

  const begin = async (): Promise<StoredTurn> => {
    const conflict = await insertTurn({
      ...{ userId, conversationId, persona, intensity, answer, limits, model: model.kept },
      newConversation: state.conversation
        ? null
        : {
            placeholderTitle: fallbackTitle(message?.text ?? ''),
            isTemporary,
            folderId: state.folder?.id ?? null,
          },
      deletions: state.conversation?.deletions ?? 0,
      userMessage: message && { ...message, parentId },
      generation: {
        ...{ ...generation, promptHash: prompt.hash, ledger: context.ledger, texts },
        held: mostItCanCost(chosen, context),
      },
    })
    if (conflict) return resolveConflict(userId, conflict, await lookUp(), limits)

    // Told to stop meanwhile: the message is stored, and nothing is asked that nobody would hear.
    if (isDraining()) throw turnErrors.shuttingDown()
    const turn: StoredTurn = {
      ...{ conversationId, generation, text: '', sequence: -1 },
      userMessageId: answer.parentId,
      answerId: answer.id,
    }
    runGeneration({ userId, turn, models: chosen, context, rebuild })
    announceChange()
    // Also of one that was made before anything was said in it, or for which the model was of no use so far.
    if (!isTemporary && (state.conversation?.isUntitled ?? true)) requestTitle(conversationId)
    return turn
  }
  return inTime(begin())
}

function readMessage(message: { id: string; text: string }): { id: string; text: string; tokens: number } {
  const text = cleanText(message.text).trim()
  if (text.length === 0) {
    throw new AppError('invalid_request', 'The message is empty. Write something to send.', {
      field: 'message.text',
    })
  }
  if (text.length > MAX_MESSAGE_LENGTH) {
    const limit = MAX_MESSAGE_LENGTH.toLocaleString('en')
    throw new AppError(
      'message_too_long',
      `The message has ${text.length.toLocaleString('en')} characters; ${limit} is the limit. Shorten it or send it in parts.`,
      { field: 'message.text' },
    )
  }
  return { id: message.id, text, tokens: countTokens(text) }
}

/** What a folder has a new conversation begin with. */
function inFolder({ folder }: TurnState) {
  return folder?.persona == null ? null : { persona: folder.persona, intensity: null }
}

function withMessage(
  history: ContextHistory,
  message: { id: string; text: string; tokens: number },
): ContextHistory {
  const added = { ...message, role: 'user', status: null, isCovered: false } as const
  return { ...history, messages: [...history.messages, added] }
}

/** A new message's answer gets its id here; a regenerated one brings it. */
function answerIds(request: NewAnswerRequest): { id: string; parentId: string } {
  return 'message' in request
    ? { id: uuidv7(), parentId: request.message.id }
    : { id: request.answerId, parentId: request.parentId }
}

/** A message follows an answer, an answer follows a message, and both stay within one conversation. */
function checkParent(request: NewAnswerRequest, state: TurnState): void {
  if (!state.conversation && request.parentId !== null) throw conversationNotFound()
  if (request.parentId === null) return
  const parent = state.history.messages.at(-1)
  const wanted = 'message' in request ? 'assistant' : 'user'
  if (parent?.role !== wanted)
    throw turnErrors.notOfConversation(wanted === 'user' ? 'a message' : 'an answer')
  if (parent.status === 'streaming') throw turnErrors.running()
}
