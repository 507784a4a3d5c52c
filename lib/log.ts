import { AsyncLocalStorage } from 'node:async_hooks'
import { type Logger, pino } from 'pino'
import { env } from '#lib/env.ts'

/** What the log says of a request beside its path and times: ids, numbers and codes, never text. */
export interface RequestNotes {
  requestId: string
  conversationId?: string
  generationId?: string
  provider?: string
  model?: string
  inputTokens?: number | null
  outputTokens?: number | null
  errorCode?: string | null
  /** Of an unexpected failure: the line that has its cause. */
  errorId?: string
}

const shared = globalThis as typeof globalThis & {
  stoaLog?: Logger
  stoaRequests?: AsyncLocalStorage<RequestNotes>
}

/**
 * The log of this process: JSON lines on standard output. No key, prompt or message text belongs in it. Whatever is logged
 * because of a request carries its id, also by an answer that outlives it.
 */
export function log(): Logger {
  shared.stoaLog ??= pino({
    level: env().LOG_LEVEL,
    base: null,
    timestamp: pino.stdTimeFunctions.isoTime,
    mixin: () => {
      const requestId = requests().getStore()?.requestId
      return requestId === undefined ? {} : { requestId }
    },
  })
  return shared.stoaLog
}

/** The request that is being answered, as far as it is known. Process-wide: Next has a copy of this module per layer. */
export function requests(): AsyncLocalStorage<RequestNotes> {
  shared.stoaRequests ??= new AsyncLocalStorage()
  return shared.stoaRequests
}

/** Adds to what the log will say of the present request, if there is one. */
export function noteRequest(notes: Partial<RequestNotes>): void {
  const known = requests().getStore()
  if (known) Object.assign(known, notes)
}
