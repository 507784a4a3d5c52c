import type { StreamRequest } from '../load/open-stream.ts'

/** An answer as the scripted provider is to write it. */
export interface AnswerShape {
  tokens: number
  /** Milliseconds between two tokens. */
  interval: number
}

export const contenderNames = ['proxy', 'sdk', 'stoa', 'stoa-full'] as const
export type ContenderName = (typeof contenderNames)[number]

/** The PostgreSQL of one server. */
export interface ContenderDatabase {
  pid: number
  /** The server's database, for the superuser. */
  adminUrl: string
  logFile: string
}

/** A server under measure. */
export interface Contender {
  name: ContenderName
  pid: number
  /** NULL: it has none. */
  database: ContenderDatabase | null
  /** Asks for one answer, as somebody else each time. */
  request(shape: AnswerShape): StreamRequest
  stop(): Promise<void>
}

/** The user message that gets this answer. */
export function messageFor({ tokens, interval }: AnswerShape): string {
  return `Say what o'clock it is. [scenario:stamped tokens=${tokens} delay=${interval}]`
}
