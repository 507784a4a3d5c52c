import { type Logger, pino } from 'pino'
import { env } from '#lib/env.ts'

const shared = globalThis as typeof globalThis & { stoaLog?: Logger }

/** The log of this process: JSON lines on standard output. No key, prompt or message text belongs in it. */
export function log(): Logger {
  shared.stoaLog ??= pino({ level: env().LOG_LEVEL, base: null, timestamp: pino.stdTimeFunctions.isoTime })
  return shared.stoaLog
}
