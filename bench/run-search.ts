import { applyMigrations } from '#scripts/database/apply-migrations.ts'
import { startTemporaryPostgres } from '#scripts/database/temporary-postgres.ts'
import { inProject } from '#scripts/launch/project.ts'
import { seedAccount } from '#scripts/seed/seed-account.ts'
import type { SearchFigures } from './search/figures.ts'
import { createPeople } from './servers/people.ts'
import { noteRunning } from './servers/running.ts'
import { startProcess } from './servers/start-process.ts'

const LIBRARY = { conversations: 10_000, messages: 200_000 }
/** Of everybody else in the tables. */
const OTHERS = { people: 4, conversations: 2_500, messages: 50_000 }

/** Measures searches among 200,000 messages, with as many of others beside them, by the modules that a server has. */
export async function runSearch(): Promise<SearchFigures[]> {
  const postgres = await startTemporaryPostgres()
  const stop = noteRunning(postgres.stop)
  try {
    await applyMigrations(postgres.url)
    const [owner, ...others] = await createPeople(postgres.url, 1 + OTHERS.people)
    if (owner) await seed(postgres.url, owner.id, LIBRARY)
    for (const { id } of others) await seed(postgres.url, id, OTHERS)
    const measured = await startProcess({
      file: inProject('bench/search/main.ts'),
      env: {
        ...{ DATABASE_URL: postgres.url, AUTH_SECRET: 'a secret of the bench, which keeps nothing' },
        LOG_LEVEL: 'warn',
      },
      ready: /FIGURES (.+)\n/,
    })
    await measured.stop()
    return JSON.parse(measured.announced[1] ?? '[]')
  } finally {
    await stop()
  }
}

async function seed(url: string, userId: string, size: { conversations: number; messages: number }) {
  console.log(`${size.messages.toLocaleString('en')} messages …`)
  await seedAccount(url, { email: `${userId}@example.org`, ...size })
}
