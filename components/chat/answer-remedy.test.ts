import { describe, expect, it } from 'vitest'
import type { GenerationErrorCode } from '#lib/chat/generation-errors.ts'
import type { GenerationStatus } from '#lib/chat/types.ts'
import { type AnswerAction, answerRemedy } from './answer-remedy.ts'
import { generation } from './testing/scripted-api.ts'

function remedyOf(status: GenerationStatus, errorCode: GenerationErrorCode | null, hasText: boolean) {
  return answerRemedy(generation({ status, errorCode }), hasText)
}

it.each(['streaming', 'complete'] as const)('says nothing of an answer that is %s', (status) => {
  expect(remedyOf(status, null, true)).toBeNull()
})

const rows: [GenerationStatus, GenerationErrorCode | null, hasText: boolean, actions: string[]][] = [
  ['truncated', null, true, ['continue']],
  ['truncated', null, false, ['retry']],
  ['stopped', null, true, ['continue', 'retry']],
  ['stopped', null, false, ['retry']],
  ['interrupted', 'interrupted', true, ['continue']],
  ['interrupted', 'interrupted', false, ['retry']],
  ['interrupted', 'timed_out', true, ['continue']],
  ['interrupted', 'provider_unavailable', true, ['continue']],
  ['interrupted', 'wrong_key', true, ['continue']],
  ['interrupted', 'content_filtered', true, ['edit']],
  ['interrupted', 'context_too_long', true, ['shorten']],
  ['failed', 'content_filtered', true, ['edit']],
  ['failed', 'content_filtered', false, ['edit']],
  ['failed', 'context_too_long', false, ['shorten']],
  ['failed', 'wrong_key', false, ['retry']],
  ['failed', 'quota_exhausted', false, ['retry']],
  ['failed', 'rate_limited', false, ['retry']],
  ['failed', 'model_not_found', false, ['retry']],
  ['failed', 'provider_unavailable', false, ['retry']],
  ['failed', 'provider_unreachable', false, ['retry']],
  ['failed', 'timed_out', false, ['retry']],
  ['failed', 'empty_answer', false, ['retry']],
  ['failed', 'invalid_response', false, ['retry']],
  ['failed', 'unexpected', false, ['retry']],
]

it.each(rows)('offers after %s (%s, text: %s): %j', (status, errorCode, hasText, actions) => {
  expect(remedyOf(status, errorCode, hasText)?.actions).toEqual(actions)
})

it('says of a filtered answer that there is more of it only when some is there', () => {
  expect(remedyOf('failed', 'content_filtered', true)?.title).toContain('the rest of the answer')
  expect(remedyOf('failed', 'content_filtered', false)?.title).not.toContain('the rest')
})

describe('an answer that broke off', () => {
  it('says that what was written is kept', () => {
    expect(remedyOf('interrupted', 'interrupted', true)?.advice).toContain('is kept')
    expect(remedyOf('interrupted', 'interrupted', false)?.advice).not.toContain('is kept')
  })

  it.each([
    ['continue', /can go on|continue/],
    ['edit', /in other words/],
    ['shorten', /Shorten/],
  ])('advises nothing but what its button does: %s', (action, advised) => {
    for (const [status, code, hasText] of rows.filter(([name]) => name === 'interrupted')) {
      const remedy = remedyOf(status, code, hasText)
      if (!remedy?.actions.includes(action as AnswerAction)) continue
      expect(remedy.advice).toMatch(advised)
      expect(remedy.advice).not.toMatch(/[Tt]ry again/)
    }
  })

  it('says what helps when going on was refused', () => {
    const advice = remedyOf('interrupted', 'wrong_key', true)?.advice
    expect(advice).toContain('OPENAI_API_KEY')
    expect(advice).toContain('is kept')
  })
})

describe('a provider that wants to be left alone', () => {
  const retryAt = '2026-01-01T00:01:00.000Z'

  it('is asked when it says so', () => {
    const limited = generation({ status: 'failed', errorCode: 'rate_limited', retryAt })
    expect(answerRemedy(limited, false)?.waitUntil).toBe(Date.parse(retryAt))
  })

  it('keeps nobody waiting for another reason', () => {
    const other = generation({ status: 'failed', errorCode: 'quota_exhausted', retryAt })
    expect(answerRemedy(other, false)?.waitUntil).toBeNull()
  })
})
