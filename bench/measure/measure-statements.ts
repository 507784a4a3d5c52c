import { readFile } from 'node:fs/promises'
import pg from 'pg'
import { sharedMicros } from '#e2e/provider/stamp.ts'
import type { LoadGenerator } from '../load/load-generator.ts'
import { median } from '../percentile.ts'
import type { Contender } from '../servers/contender.ts'
import { isBeside, LOG_LINE_PREFIX, parseStatementLog } from './statement-log.ts'

export interface StatementFigures {
  /** Round trips that a turn waits for until the provider has its request: the median of some turns, and the most. */
  beforeProvider: number
  mostBeforeProvider: number
  /** What they were, of the last turn. */
  statements: string[]
}

const TURNS = 20
const SHAPE = { tokens: 5, interval: 20 }
/** As long as a statement needs to be known again. */
const SHOWN_LENGTH = 160

/** Counts the statements of single turns, by PostgreSQL's own log of them. */
export async function measureStatements(
  contender: Contender,
  load: LoadGenerator,
): Promise<StatementFigures> {
  const { database } = contender
  if (!database) throw new Error(`${contender.name} has no database`)
  const client = new pg.Client({ connectionString: database.adminUrl })
  // A connection that breaks shows in the query that needs it.
  client.on('error', () => undefined)
  await client.connect()
  try {
    await configure(client, `SET log_line_prefix = '${LOG_LINE_PREFIX}'`)
    await configure(client, "SET log_statement = 'all'")
    const turns: string[][] = []
    for (let turn = 0; turn < TURNS; turn++) {
      turns.push(await statementsOfTurn(contender, load, database.logFile))
    }
    const counts = turns.map(({ length }) => length)
    return {
      beforeProvider: median(counts) ?? 0,
      mostBeforeProvider: Math.max(...counts),
      statements: turns.at(-1) ?? [],
    }
  } finally {
    await configure(client, 'RESET log_statement')
    await configure(client, 'RESET log_line_prefix')
    await client.end()
  }
}

async function statementsOfTurn(
  contender: Contender,
  load: LoadGenerator,
  logFile: string,
): Promise<string[]> {
  const { samples } = await load.play({ requests: [contender.request(SHAPE)], ...SHAPE })
  const log = parseStatementLog(await readFile(logFile, 'utf8'))
  const [sample] = samples
  if (!sample) throw new Error('a turn without an answer')
  const clocksDiffer = Date.now() - sharedMicros() / 1000
  const sentAt = Math.floor(sample.sentAt / 1000 + clocksDiffer)
  const arrivedAt = sample.arrivedAt / 1000 + clocksDiffer
  return log
    .filter((entry) => entry.time >= sentAt && entry.time <= arrivedAt && !isBeside(entry))
    .map(({ statement }) => statement.trim().slice(0, SHOWN_LENGTH))
}

async function configure(client: pg.Client, change: string): Promise<void> {
  await client.query(`ALTER SYSTEM ${change}`)
  await client.query('SELECT pg_reload_conf()')
}
