import { applyMigrations } from '#scripts/database/apply-migrations.ts'
import { startTemporaryPostgres } from '#scripts/database/temporary-postgres.ts'
import { inProject } from '#scripts/launch/project.ts'
import type { ContextFigures } from './context/figures.ts'
import { fillDatabase } from './servers/fill-database.ts'
import { noteRunning } from './servers/running.ts'
import { startProcess } from './servers/start-process.ts'

/** Messages of other conversations in the tables. */
const OTHER_MESSAGES = 100_000

/** Measures the context of long conversations, with the modules as a server has them, in a process of its own. */
export async function runContext(): Promise<ContextFigures[]> {
  const postgres = await startTemporaryPostgres()
  const stop = noteRunning(postgres.stop)
  try {
    await applyMigrations(postgres.url)
    // As the superuser, for what fills the tables.
    const database = new URL(postgres.adminUrl)
    database.pathname = new URL(postgres.url).pathname
    await fillDatabase(database.href, OTHER_MESSAGES)
    const measured = await startProcess({
      file: inProject('bench/context/main.ts'),
      env: {
        ...{
          DATABASE_URL: database.href,
          AUTH_SECRET: 'a secret of the bench, which keeps nothing',
          LOG_LEVEL: 'warn',
        },
        // Nobody is asked; the name gives the window.
        ...{ OPENAI_API_KEY: 'none', OPENAI_MODEL: 'gpt-4o', MODELS: 'gpt-4o' },
      },
      ready: /FIGURES (.+)\n/,
    })
    await measured.stop()
    return JSON.parse(measured.announced[1] ?? '[]')
  } finally {
    await stop()
  }
}
