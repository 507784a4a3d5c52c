import { rm } from 'node:fs/promises'
import path from 'node:path'
import pg from 'pg'
import { v7 as uuid } from 'uuid'
import { findFreePort } from '#scripts/database/free-port.ts'
import { findPostmaster } from '#scripts/database/postgres-process.ts'
import { type EmbeddedPostgres, startPostgres } from '#scripts/database/postgres-server.ts'
import { makeTemporaryFolder } from '#scripts/test/make-temporary-folder.ts'
import { startStoa } from '#scripts/test/start-stoa.ts'
import { type Contender, type ContenderName, messageFor } from './contender.ts'
import { createConversations } from './conversations.ts'
import { AUTH_SECRET, createPeople } from './people.ts'
import { noteRunning } from './running.ts'

/** So many that nobody comes near a limit that a person would not. */
const PEOPLE = 300

interface StoaContenderOptions {
  name: ContenderName
  providerUrl: string
  env?: Record<string, string>
  /** Called with the superuser's address once the tables are there, before anything is measured. */
  fill?: (adminUrl: string) => Promise<void>
}

/** (c) The built Stoa on a PostgreSQL of its own that keeps its promises (fsync), asked through `POST /api/chat`. */
export async function startStoaContender(options: StoaContenderOptions): Promise<Contender> {
  const dataDir = await makeTemporaryFolder('stoa-bench')
  const postgres = await startCountingPostgres(dataDir)
  const stopDatabase = noteRunning(async () => {
    await postgres.stop()
    await rm(dataDir, { recursive: true })
  })
  const port = await findFreePort('127.0.0.1')
  const stoa = await startStoa({
    port,
    dataDir,
    env: {
      AUTH_SECRET,
      OPENAI_BASE_URL: options.providerUrl,
      OPENAI_API_KEY: 'none',
      OPENAI_MODEL: 'scripted-main',
      OPENAI_UTILITY_MODEL: 'scripted-utility',
      RATE_LIMIT_PER_MINUTE: '1000',
      ...options.env,
    },
  })
  const stopServer = noteRunning(stoa.stop)
  const people = await createPeople(stoa.databaseUrl, PEOPLE)
  const conversations = await createConversations(
    stoa.databaseUrl,
    people.map(({ id }) => id),
  )
  const adminUrl = inAppDatabase(postgres.adminUrl)
  await query(adminUrl, 'CREATE EXTENSION pg_stat_statements')
  await options.fill?.(adminUrl)
  const postmaster = await findPostmaster(postgres.folder)
  if (!postmaster) throw new Error('PostgreSQL does not run')
  let turns = 0
  return {
    name: options.name,
    pid: stoa.pid,
    database: { pid: postmaster.pid, adminUrl, logFile: path.join(postgres.folder, 'server.log') },
    request(shape) {
      const index = turns++ % PEOPLE
      const { conversationId, answerId } = conversations[index] ?? { conversationId: '', answerId: '' }
      return {
        url: `${stoa.url}/api/chat`,
        headers: {
          'content-type': 'application/json',
          origin: stoa.url,
          cookie: people[index]?.cookie ?? '',
        },
        body: JSON.stringify({
          conversationId,
          parentId: answerId,
          message: { id: uuid(), text: messageFor(shape) },
        }),
      }
    },
    async stop() {
      await stopServer()
      await stopDatabase()
    },
  }
}

/** PostgreSQL loads what counts statements only when it starts. */
async function startCountingPostgres(dataDir: string): Promise<EmbeddedPostgres> {
  const first = await startPostgres({ dataDir })
  await query(first.adminUrl, "ALTER SYSTEM SET shared_preload_libraries = 'pg_stat_statements'")
  await first.stop()
  return startPostgres({ dataDir })
}

/** The address of the database that Stoa uses, for the superuser. */
function inAppDatabase(adminUrl: string): string {
  const url = new URL(adminUrl)
  url.pathname = '/stoa'
  return url.href
}

async function query(url: string, sql: string): Promise<void> {
  const client = new pg.Client({ connectionString: url })
  await client.connect()
  try {
    await client.query(sql)
  } finally {
    await client.end()
  }
}
