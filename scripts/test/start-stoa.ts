import { applyMigrations } from '../database/apply-migrations.ts'
import { startPostgres } from '../database/postgres-server.ts'
import { startTemporaryPostgres } from '../database/temporary-postgres.ts'
import { STANDALONE_DIR } from '../launch/build.ts'
import { inProject } from '../launch/project.ts'
import { startServer } from '../launch/server-process.ts'

interface StoaOptions {
  port: number
  /** Configuration as in .env.example; nothing of the person's own gets through. */
  env: Record<string, string>
  /** Kept at the end when it is given; otherwise a temporary folder. */
  dataDir?: string
  /** Gets all that the server prints. */
  onOutput?: (text: string) => void
}

export interface Stoa {
  url: string
  /** Of the server. */
  pid: number
  /** The app's own address of its database. */
  databaseUrl: string
  /** Ends server and database in order, also after `kill`, and deletes a temporary folder. */
  stop(): Promise<void>
  /** Kills the server as a crash would. The database lives on: start again with the same `dataDir` to find it. */
  kill(): Promise<void>
}

/** What sessions are signed with in tests. */
export const TEST_AUTH_SECRET = 'a secret of the tests, which keep nothing'

/** Starts the built server on a database of its own, for tests. `next build` must have run (`npm test` sees to it). */
export async function startStoa({ port, env, dataDir, onOutput }: StoaOptions): Promise<Stoa> {
  const postgres = dataDir
    ? { ...(await startPostgres({ dataDir, durable: false })), dataDir }
    : await startTemporaryPostgres()
  try {
    await applyMigrations(postgres.url)
    let pid = 0
    const server = await startServer({
      folder: STANDALONE_DIR,
      host: '127.0.0.1',
      port,
      env: testServerEnvironment(postgres, env),
      ...(onOutput && { onOutput }),
      onSpawn: async (spawned) => {
        pid = spawned
      },
    })
    return {
      url: server.url,
      pid,
      databaseUrl: postgres.url,
      kill: server.kill,
      async stop() {
        await server.stop()
        await postgres.stop()
      },
    }
  } catch (error) {
    await postgres.stop()
    throw error
  }
}

/** The whole environment of a server under test; `env` is what differs from one that is only there. */
export function testServerEnvironment(
  postgres: { url: string; dataDir: string },
  env: Record<string, string>,
): NodeJS.ProcessEnv {
  return {
    NODE_ENV: 'production',
    PATH: process.env.PATH,
    DATABASE_URL: postgres.url,
    AUTH_SECRET: TEST_AUTH_SECRET,
    AUTH_TRUST_HOST: 'true',
    LOG_LEVEL: 'warn',
    STOA_DATA_DIR: postgres.dataDir,
    STOA_PROMPTS_DIR: inProject('prompts'),
    // A port that is never open: no test may find a person's own Ollama.
    STOA_OLLAMA_URL: 'http://127.0.0.1:9',
    ...env,
  }
}
