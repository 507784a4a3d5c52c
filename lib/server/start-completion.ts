import type { CompletionRequest } from '#lib/api/chat-completion.ts'
import { countedBudget, TOKENS_PER_MESSAGE } from '#lib/chat/context-budget.ts'
import { countTokens } from '#lib/chat/count-tokens.ts'
import { PART_SEPARATOR } from '#lib/chat/render-context.ts'
import { insertCompletion } from '#lib/db/completions.ts'
import { inTime } from '#lib/db/in-time.ts'
import { countRecentTurns } from '#lib/db/recent-turns.ts'
import { readMonthSpending } from '#lib/db/usage-events.ts'
import { AppError } from '#lib/errors.ts'
import { promptLibrary } from '#lib/prompts/library.ts'
import type { AnswerRequest } from '#lib/providers/answer-attempt.ts'
import type { ChatModel } from '#lib/providers/resolve-models.ts'
import { type CompletionModel, usualModelOf } from './completion-model.ts'
import { isDraining } from './drain.ts'
import { type Completion, runCompletion } from './run-completion.ts'
import { tokenRatioOf } from './token-ratios.ts'
import { budgetOf } from './turn-context.ts'
import { turnErrors } from './turn-errors.ts'
import { candidates, mostItCanCost, newGeneration, type TurnSetting, turnSetting } from './turn-setting.ts'

/**
 * Starts an answer to a caller's own messages, of which nothing is kept but what it took; a persona writes it, and what the
 * caller tells the system stands after that.
 *
 * @throws AppError invalid_request, message_too_long, too_many_turns, budget_exhausted, shutting_down
 */
export async function startCompletion(
  userId: string,
  request: CompletionRequest,
  { persona, intensity }: CompletionModel,
): Promise<Completion> {
  if (isDraining()) throw turnErrors.shuttingDown()
  const setting = await turnSetting()
  const prompt = promptLibrary().composePersona(persona, intensity)
  const asked = readMessages(request, prompt.text)
  const models = candidates(setting.models, await usualModelOf(userId, setting.models))
  const [first, ...others] = models.map((model) => withSettings(model, request))
  if (!first) throw new Error('There is always a model to ask')
  const wanted: [ChatModel, ...ChatModel[]] = [first, ...others]
  const totalTokens = countAll(asked)
  checkRoom(first, totalTokens)
  const generation = newGeneration(first, persona, prompt.intensity)
  const sampling = samplingOf(request)
  await enter(userId, setting, {
    ...{ id: generation.id, userId, persona, ...first.label, limits: setting.limits },
    held: mostItCanCost(wanted, { ledger: { totalTokens } }),
  })
  const completion = runCompletion({
    ...{ userId, generation, models: wanted, request: { ...asked, sampling } },
    asked: new Set([...Object.keys(sampling), ...(request.temperature == null ? [] : ['temperature'])]),
    requestTokens: Math.ceil(totalTokens * tokenRatioOf(first.label)),
  })
  if (isDraining()) {
    // Told to stop meanwhile: nobody would wait for it. Ended this way it is entered as what it took, which is nothing.
    completion.abort('shutdown')
    throw turnErrors.shuttingDown()
  }
  return completion
}

type Asked = Pick<AnswerRequest, 'instructions' | 'messages'>

/** All that is told to the system is one message: some providers refuse two. */
function readMessages({ messages }: CompletionRequest, prompt: string): Asked {
  const instructions = [prompt]
  const turns: Asked['messages'] = []
  for (const { role, content } of messages) {
    if (role === 'user' || role === 'assistant') turns.push({ role, content })
    else if (content.trim() !== '') instructions.push(content)
  }
  if (turns.at(-1)?.role !== 'user' || turns.at(-1)?.content.trim() === '') {
    throw new AppError('invalid_request', 'The last message has to be one of the user, and not empty.', {
      field: 'messages',
    })
  }
  return { instructions: instructions.join(PART_SEPARATOR), messages: turns }
}

function countAll({ instructions, messages }: Asked): number {
  return [instructions, ...messages.map(({ content }) => content)].reduce(
    (sum, text) => sum + countTokens(text) + TOKENS_PER_MESSAGE,
    0,
  )
}

/** A caller's own history is not shortened behind its back. */
function checkRoom(model: ChatModel, totalTokens: number): void {
  const room = countedBudget(budgetOf(model), tokenRatioOf(model.label))
  if (totalTokens <= room) return
  const [has, most] = [totalTokens, room].map((count) => count.toLocaleString('en'))
  throw new AppError(
    'message_too_long',
    `These messages have about ${has} tokens; ${most} fit beside the answer. Shorten them, or send fewer.`,
    { field: 'messages' },
  )
}

function withSettings(model: ChatModel, request: CompletionRequest): ChatModel {
  const limit = request.max_completion_tokens ?? request.max_tokens ?? model.maxOutputTokens
  return {
    ...model,
    maxOutputTokens: Math.min(model.maxOutputTokens, limit),
    temperature: request.temperature ?? model.temperature,
  }
}

function samplingOf({ top_p, presence_penalty, frequency_penalty, seed, stop }: CompletionRequest) {
  return {
    ...(top_p != null && { topP: top_p }),
    ...(presence_penalty != null && { presencePenalty: presence_penalty }),
    ...(frequency_penalty != null && { frequencyPenalty: frequency_penalty }),
    ...(seed != null && { seed }),
    ...(stop != null && { stopSequences: [stop].flat() }),
  }
}

/** The caller's own names of what the SDK calls otherwise. */
const parameterNames: Record<string, string> = {
  ...{ topP: 'top_p', presencePenalty: 'presence_penalty', frequencyPenalty: 'frequency_penalty' },
  stopSequences: 'stop',
}

/**
 * Refuses what a completion was ended for: in the words of OpenAI's own models.
 *
 * @throws AppError unsupported_parameter
 */
export function checkHeld({ unheld }: Completion): void {
  const [setting] = unheld
  if (setting === undefined) return
  const name = parameterNames[setting] ?? setting
  throw new AppError('unsupported_parameter', `'${name}' is not supported with this model. Leave it out.`, {
    field: name,
  })
}

async function enter(
  userId: string,
  { limits }: TurnSetting,
  completion: Parameters<typeof insertCompletion>[0],
): Promise<void> {
  const conflict = await inTime(insertCompletion(completion))
  if (conflict === null) return
  if (conflict === 'nobody') throw turnErrors.nobody()
  if (conflict === 'over_budget') {
    throw turnErrors.overBudget(await inTime(readMonthSpending(userId, limits.monthlyBudget)))
  }
  const { seconds } = await inTime(countRecentTurns(userId))
  throw turnErrors.tooMany(limits.turnsPerMinute, seconds)
}
