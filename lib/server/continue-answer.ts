import type { ContinueAnswer } from '#lib/chat/chat-request.ts'
import { endingOf } from '#lib/chat/join-continuation.ts'
import { modelId } from '#lib/chat/model-id.ts'
import type { GenerationStatus } from '#lib/chat/types.ts'
import type { StoredTurn } from '#lib/db/generations.ts'
import { inTime } from '#lib/db/in-time.ts'
import { isSummarised } from '#lib/db/summaries.ts'
import { readTurnState, type TurnState } from '#lib/db/turn-state.ts'
import { insertContinuation } from '#lib/db/turns.ts'
import { promptLibrary } from '#lib/prompts/library.ts'
import { chooseModel } from './choose-model.ts'
import { choosePersona } from './choose-persona.ts'
import { announceChange } from './conversation-events.ts'
import { isDraining } from './drain.ts'
import { readExisting, resolveConflict } from './existing-turn.ts'
import { conversationNotFound } from './path-ids.ts'
import { runGeneration } from './run-generation.ts'
import { contextFor, readingBudgets } from './turn-context.ts'
import { turnErrors } from './turn-errors.ts'
import { candidates, checkRate, mostItCanCost, newGeneration, turnSetting } from './turn-setting.ts'

/** How an answer ended that may be continued; a failed one is asked for again. */
const continuable = new Set<GenerationStatus | null>(['truncated', 'stopped', 'interrupted'])

/**
 * Goes on with an answer that broke off: another run of the same message, by the persona and, where it is still on offer,
 * the model that wrote it. The model is sent what it wrote and told to begin with its last words, so that the seam can be
 * found and hidden.
 */
export async function continueAnswer(userId: string, request: ContinueAnswer): Promise<StoredTurn> {
  const { conversationId, answerId, generationId } = request
  const { models, rateLimit, limits } = await turnSetting()
  const lookUp = () =>
    readTurnState({
      ...{ userId, conversationId, rateLimit },
      parentId: answerId,
      requestId: generationId,
      budgets: readingBudgets(models, 'parent'),
    })

  const state = await inTime(lookUp())
  if (!state.conversation || state.conversation.taken) throw conversationNotFound()
  if (state.existing) return readExisting(userId, state.existing.generationId)
  if (state.idTaken) throw turnErrors.idTaken()
  if (isDraining()) throw turnErrors.shuttingDown()
  checkRate(state.recentTurns, rateLimit)
  const { run, text, questionId } = brokenOff(state)
  // It would stand for words that it has not seen; what followed the answer was deleted since.
  if (await inTime(isSummarised(conversationId, answerId)))
    throw turnErrors.notContinuable('a summary holds it as it is. Ask for it again')

  const { wanted } = await chooseModel(models, undefined, modelId(run))
  const chosen = candidates(models, wanted)
  const library = promptLibrary()
  const { persona } = choosePersona({}, run)
  const prompt = library.composePersona(persona, run.intensity)
  const { context, rebuild, texts } = contextFor(chosen[0], {
    ...{ userId, prompt, person: state.person, history: state.history },
    folderInstructions: state.folder?.instructions ?? '',
    continuation: library.composePrompt('continue', { ending: endingOf(text) }).text,
  })
  const generation = newGeneration(chosen[0], persona, prompt.intensity, generationId)

  const { deletions } = state.conversation
  const begin = async (): Promise<StoredTurn> => {
    const conflict = await insertContinuation({
      ...{ userId, conversationId, answerId, deletions, limits },
      generation: {
        ...{ ...generation, promptHash: prompt.hash, ledger: context.ledger, texts },
        held: mostItCanCost(chosen, context),
      },
    })
    if (conflict) return resolveConflict(userId, conflict, await lookUp(), limits)

    if (isDraining()) throw turnErrors.shuttingDown()
    const turn: StoredTurn = {
      ...{ conversationId, answerId, generation, text },
      userMessageId: questionId,
      sequence: -1,
    }
    runGeneration({ userId, turn, models: chosen, context, rebuild })
    announceChange()
    return turn
  }
  return inTime(begin())
}

/** The answer at the end of the branch, if it broke off and nothing was built on it. */
function brokenOff({ history: { messages }, parentRun }: TurnState) {
  const answer = messages.at(-1)
  const question = messages.at(-2)
  if (!parentRun || !question || answer?.role !== 'assistant') throw turnErrors.notOfConversation('an answer')
  if (answer.status === 'streaming') throw turnErrors.running()
  if (!continuable.has(answer.status)) throw turnErrors.notContinuable('it did not break off')
  if (!answer.text.trim()) throw turnErrors.notContinuable('there is nothing of it. Ask for it again')
  if (parentRun.isFollowed) throw turnErrors.notContinuable('the conversation has gone on after it')
  return { run: parentRun, text: answer.text, questionId: question.id }
}
