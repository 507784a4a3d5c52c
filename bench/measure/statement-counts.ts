import pg from 'pg'

export interface StatementCount {
  /** The statement, its values left out. */
  statement: string
  calls: number
  milliseconds: number
}

/** Counts statements in the database of `url`, by what PostgreSQL itself keeps (pg_stat_statements). */
export class StatementCounter {
  readonly #client: pg.Client

  private constructor(client: pg.Client) {
    this.#client = client
  }

  static async connect(url: string): Promise<StatementCounter> {
    const client = new pg.Client({ connectionString: url })
    // A connection that breaks shows in the query that needs it.
    client.on('error', () => undefined)
    await client.connect()
    return new StatementCounter(client)
  }

  async reset(): Promise<void> {
    await this.#client.query('SELECT pg_stat_statements_reset()')
  }

  /** Since the reset, without the counter's own; the most frequent first. */
  async read(): Promise<StatementCount[]> {
    const { rows } = await this.#client.query<StatementCount>(
      `SELECT query AS statement, sum(calls)::int AS calls, sum(total_exec_time)::float AS milliseconds
       FROM pg_stat_statements
       WHERE dbid = (SELECT oid FROM pg_database WHERE datname = current_database())
         AND userid <> (SELECT oid FROM pg_roles WHERE rolname = current_user)
       GROUP BY query ORDER BY calls DESC`,
    )
    return rows
  }

  async end(): Promise<void> {
    await this.#client.end()
  }
}

export function totalCalls(counts: StatementCount[]): number {
  return counts.reduce((sum, { calls }) => sum + calls, 0)
}
