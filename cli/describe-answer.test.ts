import { expect, it } from 'vitest'
import type { Answer } from '#lib/api/chat.ts'
import { describeAnswer } from './describe-answer.ts'

const answer: Answer = {
  ...{ response: 'Yes.', conversationId: 'c', messageId: 'm', status: 'complete', persona: 'stoic' },
  ...{ intensity: 'medium', model: 'openai:small', latencyMs: 1234, sources: [], cost: 0.0025 },
  usage: { inputTokens: 1200, outputTokens: 34, totalTokens: 1234 },
}

it.each([
  [{}, 'openai:small, 1,200 + 34 tokens, $0.0025, 1.2 s'],
  [{ status: 'stopped', cost: null }, 'stopped, openai:small, 1,200 + 34 tokens, cost unknown, 1.2 s'],
  [
    { usage: { inputTokens: null, outputTokens: null, totalTokens: null }, cost: 0, latencyMs: null },
    'openai:small, tokens unknown, $0',
  ],
] as const)('an answer with %j took: %s', (change, words) => {
  expect(describeAnswer({ ...answer, ...change })).toBe(words)
})
