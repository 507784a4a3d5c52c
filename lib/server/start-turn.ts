import { v7 as uuidv7 } from 'uuid'
import { type BranchMessage, buildContext, type Context, contextBudget } from '#lib/chat/build-context.ts'
import type { ChatRequest } from '#lib/chat/chat-request.ts'
import { cleanText } from '#lib/chat/clean-text.ts'
import { countTokens } from '#lib/chat/count-tokens.ts'
import { fallbackTitle } from '#lib/chat/fallback-title.ts'
import { MAX_MESSAGE_LENGTH } from '#lib/chat/limits.ts'
import type { GenerationView, Intensity } from '#lib/chat/types.ts'
import { readTurn, type StoredTurn } from '#lib/db/generations.ts'
import { insertTurn, readTurnState, type TurnConflict, type TurnState } from '#lib/db/turns.ts'
import { env } from '#lib/env.ts'
import { AppError } from '#lib/errors.ts'
import { type ComposedPrompt, promptLibrary } from '#lib/prompts/library.ts'
import { type ChatModel, models } from '#lib/providers/resolve-models.ts'
import { announceChange } from './conversation-events.ts'
import { conversationNotFound } from './conversation-id.ts'
import { isDraining } from './drain.ts'
import { runGeneration } from './run-generation.ts'
import { requestTitle } from './title-conversation.ts'

/**
 * Starts a turn: checks, stores the message and the empty answer in one write, and sets the generation going.
 * The same request again (by the id that its client made) finds the turn that the first one started.
 *
 * @returns the turn as it is stored
 * @throws AppError invalid_request, unknown_persona, message_too_long, not_found, generation_running,
 *   message_id_taken, too_many_turns, shutting_down
 */
export async function startTurn(userId: string, request: ChatRequest): Promise<StoredTurn> {
  const message = 'message' in request ? readMessage(request.message) : null
  const { answering, fallback } = await models()
  const budget = contextBudget(answering.contextWindow, answering.maxOutputTokens)
  const rateLimit = env().RATE_LIMIT_PER_MINUTE
  const lookUp = () =>
    readTurnState({ userId, budget, rateLimit, requestId: requestIdOf(request), ...request })

  const state = await lookUp()
  if (state.conversation?.taken) throw conversationNotFound()
  if (state.existing) return readExisting(userId, state.existing.generationId)
  if (state.idTaken) throw idTaken()
  // A turn that is stored may still be read while the server stops, but no new one begins.
  if (isDraining()) throw shuttingDown()
  checkRate(state.recentTurns, rateLimit)
  checkParent(request, state)

  const { persona, intensity } = choosePersona(request, state)
  const prompt = promptLibrary().composePersona(persona, intensity)
  const build = (tokens: number) => contextOf(prompt, state.branch, message, tokens)
  const context = build(budget)
  const answer = answerIds(request)
  const generation = newGeneration(answering, persona, prompt.intensity)

  const conflict = await insertTurn({
    ...{ userId, conversationId: request.conversationId, persona, intensity, answer },
    newConversation: state.conversation ? null : { placeholderTitle: fallbackTitle(message?.text ?? '') },
    userMessage: message && { ...message, parentId: request.parentId },
    generation: { ...generation, promptHash: prompt.hash, ledger: context.ledger },
  })
  if (conflict) return resolveConflict(userId, conflict, await lookUp())

  // Told to stop meanwhile: the message is stored, and nothing is asked that nobody would hear.
  if (isDraining()) throw shuttingDown()
  const turn: StoredTurn = {
    conversationId: request.conversationId,
    userMessageId: answer.parentId,
    answerId: answer.id,
    generation,
    text: '',
    sequence: -1,
  }
  const candidates: [ChatModel, ...ChatModel[]] = fallback ? [answering, fallback] : [answering]
  runGeneration({ userId, turn, models: candidates, context, rebuild: build })
  announceChange()
  if (!state.conversation) requestTitle(request.conversationId)
  return turn
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

function requestIdOf(request: ChatRequest): string {
  return 'message' in request ? request.message.id : request.answerId
}

/** A new message's answer gets its id here; a regenerated one brings it. */
function answerIds(request: ChatRequest): { id: string; parentId: string } {
  return 'message' in request
    ? { id: uuidv7(), parentId: request.message.id }
    : { id: request.answerId, parentId: request.parentId }
}

/** A turn counts for a minute; the oldest of a full minute makes room first. */
function checkRate(recentTurns: number[], limit: number): void {
  const oldest = recentTurns[limit - 1]
  if (oldest === undefined) return
  const retryAfterSeconds = Math.max(1, Math.ceil(60 - oldest))
  throw new AppError(
    'too_many_turns',
    `You have sent ${limit} messages within a minute. Try again in ${retryAfterSeconds} s.`,
    { retryAfterSeconds },
  )
}

/** A message follows an answer, an answer follows a message, and both stay within one conversation. */
function checkParent(request: ChatRequest, state: TurnState): void {
  if (!state.conversation && request.parentId !== null) throw conversationNotFound()
  if (request.parentId === null) return
  const parent = state.branch.at(-1)
  const wanted = 'message' in request ? 'assistant' : 'user'
  if (parent?.role !== wanted) {
    const what = wanted === 'user' ? 'a message' : 'an answer'
    throw new AppError(
      'invalid_request',
      `This is not ${what} of the conversation. Reload the page and try again.`,
      {
        field: 'parentId',
      },
    )
  }
  if (parent.status === 'streaming') throw generationRunning()
}

/** What the request chooses, else what the conversation has; of a persona that is gone from the library, the default. */
function choosePersona(
  request: ChatRequest,
  state: TurnState,
): { persona: string; intensity: Intensity | null } {
  const { personas, defaultPersona } = promptLibrary()
  const kept = personas.find(({ id }) => id === state.conversation?.persona)?.id
  return {
    persona: request.persona ?? kept ?? defaultPersona,
    intensity: request.intensity === undefined ? (state.conversation?.intensity ?? null) : request.intensity,
  }
}

function contextOf(
  prompt: ComposedPrompt,
  branch: BranchMessage[],
  message: { id: string; text: string; tokens: number } | null,
  budget: number,
): Context {
  return buildContext({
    prompt: {
      text: prompt.text,
      hash: prompt.hash,
      tokens: countTokens(prompt.text),
      fragments: prompt.fragments.map(({ path, text }) => ({ path, tokens: countTokens(text) })),
    },
    branch: message ? [...branch, { ...message, role: 'user', status: null }] : branch,
    budget,
  })
}

function newGeneration({ label }: ChatModel, persona: string, intensity: Intensity): GenerationView {
  return {
    id: uuidv7(),
    status: 'streaming',
    errorCode: null,
    retryAt: null,
    fallbackFrom: null,
    ...{ persona, intensity, provider: label.provider, model: label.model },
    ...{ inputTokens: null, outputTokens: null, timeToFirstTokenMs: null, latencyMs: null },
  }
}

/** Another request was faster: with the same id it is the same turn, else this one has to wait. */
async function resolveConflict(
  userId: string,
  conflict: TurnConflict,
  state: TurnState,
): Promise<StoredTurn> {
  if (state.existing) return readExisting(userId, state.existing.generationId)
  if (state.conversation?.taken) throw conversationNotFound()
  if (conflict === 'already_there' && state.idTaken) throw idTaken()
  throw generationRunning()
}

async function readExisting(userId: string, generationId: string): Promise<StoredTurn> {
  const turn = await readTurn(userId, generationId)
  if (!turn) throw conversationNotFound()
  return turn
}

function generationRunning(): AppError {
  return new AppError(
    'generation_running',
    'An answer is being written in this conversation. Wait for it to end, or stop it.',
  )
}

function idTaken(): AppError {
  return new AppError('message_id_taken', 'Another message has this id. Send it with a new one.', {
    field: 'message.id',
  })
}

function shuttingDown(): AppError {
  return new AppError('shutting_down', 'The server is restarting. Try again in a few seconds.', {
    retryAfterSeconds: 5,
  })
}
