import type { ChunkToWrite } from '#lib/db/generations.ts'
import type { AnswerStream } from './answer-stream.ts'

/** Why a generation's own AbortController was used. */
export type AbortReason = 'stopped' | 'shutdown' | 'ended_elsewhere'

/** A generation that runs in this process. */
export interface RunningGeneration {
  id: string
  userId: string
  conversationId: string
  answer: AnswerStream
  /** How much of the answer's text is known to be in the chunk log, in UTF-16 units. */
  storedLength: number
  /** The sequence of the next chunk. */
  nextSequence: number
  /** A chunk that was sent to the database and not acknowledged: it may be there, and is sent again unchanged. */
  unacknowledged: ChunkToWrite | null
  /** Its end is being written. */
  isEnding: boolean
  abort(reason: AbortReason): void
  /** Resolves when its end is stored; never rejects. */
  done: Promise<void>
}

const shared = globalThis as typeof globalThis & { stoaRunning?: Map<string, RunningGeneration> }

/** The generations of this process by id. On globalThis: Next keeps a copy of every module per layer. */
export function runningGenerations(): Map<string, RunningGeneration> {
  shared.stoaRunning ??= new Map()
  return shared.stoaRunning
}
