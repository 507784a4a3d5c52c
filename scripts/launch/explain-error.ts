import { EnvError } from '#lib/env.ts'
import { LaunchError } from './launch-error.ts'
import { LockHeldError } from './lock.ts'
import { ToolError } from './run-tool.ts'
import { ServerRefusedError } from './server-process.ts'

/** What a person is told of whatever ended a command: the words of those errors that have some for them. */
export function explainError(error: unknown): string {
  if (error instanceof EnvError || error instanceof LaunchError) return error.message
  if (error instanceof ServerRefusedError) return 'Stoa did not start, for the reason above.'
  if (error instanceof ToolError) return `${error.output.trim()}\n\n${error.message}`
  if (error instanceof LockHeldError) {
    return `Stoa already runs on this data folder (process ${error.pid}). For another one beside it, set STOA_DATA_DIR and PORT.`
  }
  if (isRefusedAccess(error)) {
    return `${error.message}\nThe data folder is another user's: start Stoa as its owner, or set STOA_DATA_DIR to a folder of your own.`
  }
  return error instanceof Error ? (error.stack ?? error.message) : String(error)
}

function isRefusedAccess(error: unknown): error is NodeJS.ErrnoException {
  return error instanceof Error && 'code' in error && (error.code === 'EACCES' || error.code === 'EPERM')
}
