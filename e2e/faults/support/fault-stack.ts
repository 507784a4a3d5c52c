import { findFreePort } from '#scripts/database/free-port.ts'
import { type ScriptedProvider, startScriptedProvider } from '../../provider/scripted-provider.ts'
import { FaultyPostgres } from './faulty-postgres.ts'
import { StoaServer } from './stoa-server.ts'

export interface FaultStackOptions {
  /** One for each server that is started, with what its configuration has beyond the usual. */
  servers?: Record<string, string>[]
  /** PostgreSQL's data folder, which is kept; without it a temporary one. */
  dataDir?: string
}

/** What no answer and no log may hold. */
export const PLANTED_KEY = 'sk-planted-key-of-the-fault-tests'

/**
 * Everything that can break, each part of its own and apart from the servers that other specs share: a scripted provider
 * in this process, a PostgreSQL, and one or more Stoas on it.
 *
 * @example
 * const stack = await FaultStack.start({ servers: [{}, {}] })
 * await stack.servers[0].kill()
 * await stack.database.freeze()
 * await stack.dispose()
 */
export class FaultStack {
  readonly provider: ScriptedProvider
  readonly database: FaultyPostgres
  readonly servers: StoaServer[] = []

  private constructor(provider: ScriptedProvider, database: FaultyPostgres) {
    this.provider = provider
    this.database = database
  }

  static async start({ servers = [{}], dataDir }: FaultStackOptions = {}): Promise<FaultStack> {
    const provider = await startScriptedProvider()
    const database = await FaultyPostgres.create(dataDir)
    const stack = new FaultStack(provider, database)
    try {
      for (const env of servers) await stack.addServer(env)
      return stack
    } catch (error) {
      await stack.dispose()
      throw error
    }
  }

  /** Starts one more Stoa on the same database. */
  async addServer(env: Record<string, string> = {}): Promise<StoaServer> {
    const port = await findFreePort('127.0.0.1')
    const server = new StoaServer(port, this.database, {
      OPENAI_BASE_URL: this.provider.url,
      OPENAI_API_KEY: PLANTED_KEY,
      OPENAI_MODEL: 'scripted-main',
      OPENAI_UTILITY_MODEL: 'scripted-utility',
      REGISTRATION: 'open',
      RATE_LIMIT_PER_MINUTE: '100000',
      LOG_LEVEL: 'trace',
      ...env,
    })
    this.servers.push(server)
    await server.start()
    return server
  }

  /** The first server, for stacks that have only one. */
  get server(): StoaServer {
    const [first] = this.servers
    if (!first) throw new Error('This stack has no server')
    return first
  }

  async dispose(): Promise<void> {
    await Promise.all(this.servers.map((server) => server.kill()))
    await this.database.dispose()
    await this.provider.stop()
  }
}
