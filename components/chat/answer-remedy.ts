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

const KEPT = 'What was written is kept'
const GOES_ON = `${KEPT}, and the answer can go on from there.`

/** What somebody has to do before an answer can go on. */
const needsHelp = ['wrong_key', 'model_not_found', 'quota_exhausted']

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
    return { kind: 'break', title, ...helpAfterBreak(errorCode, remedy), waitUntil }
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

/** What helps an answer that broke off, and the button that does what is advised. */
function helpAfterBreak(errorCode: string | null, remedy: string): Pick<AnswerRemedy, 'advice' | 'actions'> {
  const action = actionAfter(errorCode)
  if (action !== 'retry') return { advice: `${remedy} ${KEPT}.`, actions: [action] }
  if (errorCode === 'rate_limited')
    return { advice: `${GOES_ON} Wait a minute, then continue.`, actions: ['continue'] }
  const isHelpless = errorCode !== null && needsHelp.includes(errorCode)
  return { advice: isHelpless ? `${remedy} ${GOES_ON}` : GOES_ON, actions: ['continue'] }
}

function actionAfter(errorCode: string | null): AnswerAction {
  if (errorCode === 'content_filtered') return 'edit'
  return errorCode === 'context_too_long' ? 'shorten' : 'retry'
}
