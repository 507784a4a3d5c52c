import type { Wait } from './resender.ts'

/** What a message that is not sent yet waits for, and what the person can do about it now. */
export interface WaitDescription {
  /** What happened, without a stop. */
  title: string
  /** What happens next. */
  next: string
  action: 'send' | 'sign-in' | 'none'
}

export function describeWait({ refusal, until }: Wait): WaitDescription {
  switch (refusal?.code) {
    case undefined:
      return { title: 'Not sent yet', next: 'It follows the answer that is being stopped.', action: 'none' }
    case 'unreachable':
      return { title: 'Not sent yet: no connection', next: 'It is sent once there is one.', action: 'send' }
    case 'database_unavailable':
      return {
        title: 'Not sent yet: the database is away',
        next: 'It is sent once it is back.',
        action: 'send',
      }
    case 'shutting_down':
      return {
        title: 'Not sent yet: the server is restarting',
        next: 'It is sent once it is back.',
        action: 'send',
      }
    case 'too_busy':
      return {
        title: 'Not sent yet: the server is very busy',
        next: 'It is sent as soon as there is room.',
        action: 'send',
      }
    case 'generation_running':
      return { title: 'Not sent yet', next: 'It follows the answer that is being written.', action: 'none' }
    case 'signed_out':
      return {
        title: 'Not sent yet: you are signed out',
        next: 'It is sent once you are signed in again.',
        action: 'sign-in',
      }
    case 'too_many_turns':
      return {
        title: 'Not sent yet: too many messages within a minute',
        next: until === null ? 'It is sent shortly.' : '',
        action: 'none',
      }
    default:
      return { title: 'Not sent', next: refusal?.message ?? '', action: 'send' }
  }
}
