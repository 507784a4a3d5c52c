import type { Answer } from '#lib/api/chat.ts'
import { modelId } from '#lib/chat/model-id.ts'
import { toDollars } from '#lib/chat/money.ts'
import { readAnswerCost } from '#lib/db/answer-cost.ts'
import type { StoredTurn } from '#lib/db/generations.ts'
import { FailedAnswer } from './failed-answer.ts'
import { followAnswer } from './follow-answer.ts'

/**
 * A turn's answer once it has ended, as the API tells it. Waiting for it keeps nothing from going on.
 *
 * @throws FailedAnswer
 */
export async function settledAnswer(turn: StoredTurn): Promise<Answer> {
  const answer = followAnswer(turn)
  return describeAnswer({ ...turn, generation: await answer.ended(), text: answer.text })
}

/**
 * An answer that has ended.
 *
 * @throws FailedAnswer when it failed or broke off
 */
export async function describeAnswer(turn: StoredTurn): Promise<Answer> {
  const { conversationId, answerId, text, generation } = turn
  const { status, inputTokens, outputTokens } = generation
  if (status !== 'complete' && status !== 'truncated' && status !== 'stopped') throw new FailedAnswer(turn)
  const cost = await readAnswerCost(answerId)
  return {
    ...{ response: text, conversationId, messageId: answerId, status },
    ...{ persona: generation.persona, intensity: generation.intensity, model: modelId(generation) },
    usage: {
      ...{ inputTokens, outputTokens },
      totalTokens: inputTokens === null || outputTokens === null ? null : inputTokens + outputTokens,
    },
    cost: toDollars(cost),
    latencyMs: generation.latencyMs,
    sources: [],
  }
}
