/** A statement as PostgreSQL logged it when it began. */
export interface LoggedStatement {
  /** Milliseconds since 1970. */
  time: number
  /** The server process that ran it: one for each connection. */
  connection: number
  statement: string
}

/** For `log_line_prefix`: the time in seconds, and the process. */
export const LOG_LINE_PREFIX = '%n [%p] '

const ENTRY = /^(\d+\.\d+) \[(\d+)\] LOG: {2}(?:execute [^:]*|statement): (.*)$/
const OTHER_ENTRY = /^\d+\.\d+ \[\d+\] /

/** Reads the statements out of a server's log (`log_statement = 'all'`); one may go over several lines. */
export function parseStatementLog(log: string): LoggedStatement[] {
  const statements: LoggedStatement[] = []
  let current: LoggedStatement | undefined
  for (const line of log.split('\n')) {
    const [, seconds, connection, statement = ''] = ENTRY.exec(line) ?? []
    if (seconds !== undefined) {
      current = { time: Number(seconds) * 1000, connection: Number(connection), statement }
      statements.push(current)
    } else if (OTHER_ENTRY.test(line)) current = undefined
    else if (current) current.statement += ` ${line.trim()}`
  }
  return statements
}

/** Of the job queue and of the loops that run beside the turns: nobody waits for them. */
export function isBeside({ statement }: LoggedStatement): boolean {
  return /pgboss|"heartbeatAt"|token_ratio/.test(statement)
}
