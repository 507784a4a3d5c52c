import { explainGenerationError } from '#lib/chat/generation-errors.ts'
import type { GenerationView } from '#lib/chat/types.ts'

/** What a person can do about an answer that did not end well: have it go on, ask anew, or ask something else. */
export type AnswerAction = 'continue' | 'retry' | 'edit' | 'shorten'

export interface AnswerRemedy {
  /** `note`: as the person wanted or as far as it goes; `break`: it broke off; `fault`: there is none. */
  kind: 'note' | 'break' | 'fault'
  /** What happened, without a stop. */
  title: string
  /** What helps, as sentences. */
  advice: string
  actions: AnswerAction[]
  /** When the provider wants to be asked again, in ms since 1970. */
  waitUntil: number | null
}

const KEPT = 'What was written is kept, and the answer can go on from there.'

const FILTERED_IN_MID_ANSWER = 'The provider’s filter withheld the rest of the answer'

/** How an answer ended when it did not end well; NULL when it did, or has not ended. */
export function answerRemedy(generation: GenerationView, hasText: boolean): AnswerRemedy | null {
  const { status, errorCode, retryAt } = generation
  switch (status) {
    case 'streaming':
    case 'complete':
      return null
    case 'stopped':
      return note('You stopped this answer', hasText ? ['continue', 'retry'] : ['retry'])
    case 'truncated':
      return note('The answer reached the length limit and was cut off', [hasText ? 'continue' : 'retry'])
  }
  const { title, remedy } = explainGenerationError(errorCode)
  const waitUntil = errorCode === 'rate_limited' && retryAt !== null ? Date.parse(retryAt) : null
  if (status === 'interrupted' && hasText) {
    const advice = errorCode === 'interrupted' ? KEPT : `${remedy} ${KEPT}`
    return { kind: 'break', title, advice, actions: ['continue'], waitUntil }
  }
  return {
    kind: 'fault',
    title: errorCode === 'content_filtered' && hasText ? FILTERED_IN_MID_ANSWER : title,
    advice: remedy,
    actions: [actionAfter(errorCode)],
    waitUntil,
  }
}

function note(title: string, actions: AnswerAction[]): AnswerRemedy {
  return { kind: 'note', title, advice: '', actions, waitUntil: null }
}

function actionAfter(errorCode: string | null): AnswerAction {
  if (errorCode === 'content_filtered') return 'edit'
  return errorCode === 'context_too_long' ? 'shorten' : 'retry'
}
