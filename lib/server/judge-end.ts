import type { GenerationEnd } from '#lib/db/generations.ts'
import type { AnswerEnd } from '#lib/providers/answer-events.ts'
import type { AbortReason } from './running-generations.ts'

/** The final state of a run: what the provider said, unless this side ended the call. */
export function judgeEnd(
  { outcome }: AnswerEnd,
  signal: AbortSignal,
  { before, text }: { before: string; text: string },
): Pick<GenerationEnd, 'status' | 'errorCode' | 'retryAfterSeconds'> {
  if ('failure' in outcome) {
    const { code, retryAfterSeconds } = outcome.failure
    // A model that has nothing to add to an answer says that it was whole.
    if (before !== '' && code === 'empty_answer' && outcome.failure.cause === 'stop')
      return { status: 'complete', errorCode: null, retryAfterSeconds: null }
    // What an answer had before its continuation failed is as good as it was.
    const status = before === '' ? outcome.status : 'interrupted'
    return { status, errorCode: code, retryAfterSeconds }
  }
  if (outcome.status !== 'aborted')
    return { status: outcome.status, errorCode: null, retryAfterSeconds: null }
  const reason: AbortReason = signal.reason
  if (reason === 'stopped') return { status: 'stopped', errorCode: null, retryAfterSeconds: null }
  return { status: text === '' ? 'failed' : 'interrupted', errorCode: 'interrupted', retryAfterSeconds: null }
}
