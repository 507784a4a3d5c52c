import { isDatabaseUnavailable } from '#lib/db/database-errors.ts'
import { missingMigrations } from '#lib/db/missing-migrations.ts'
import { log } from '#lib/log.ts'
import { promptLibrary } from '#lib/prompts/library.ts'
import { isDraining } from './drain.ts'
import { areJobsRunning } from './jobs.ts'

/** Why a server should be sent no requests, in words for whoever runs it; nothing secret is in them. */
export interface NotReady {
  check: 'draining' | 'database' | 'migrations' | 'prompts' | 'jobs'
  reason: string
}

const shared = globalThis as typeof globalThis & { stoaNotReady?: string }

/** Why this server is not ready; empty when it is. It is logged when that changes. */
export async function readReadiness(): Promise<NotReady[]> {
  const faults = isDraining()
    ? [{ check: 'draining' as const, reason: 'The server is stopping: it takes no new turns.' }]
    : [...(await checkDatabase()), ...checkPrompts(), ...checkJobs()]
  const checks = faults.map(({ check }) => check).join(', ')
  if (checks !== (shared.stoaNotReady ?? '')) {
    if (checks) log().warn({ checks }, 'not ready')
    else log().info('ready')
    shared.stoaNotReady = checks
  }
  return faults
}

async function checkDatabase(): Promise<NotReady[]> {
  try {
    const missing = await missingMigrations()
    if (missing.length === 0) return []
    return [
      {
        check: 'migrations',
        reason: `The database lacks ${missing.join(', ')}: start Stoa once with "npm start", or run "prisma migrate deploy".`,
      },
    ]
  } catch (error) {
    if (!isDatabaseUnavailable(error)) log().error({ error: String(error) }, 'readiness')
    return [{ check: 'database', reason: 'The database does not answer.' }]
  }
}

function checkPrompts(): NotReady[] {
  try {
    promptLibrary()
    return []
  } catch (error) {
    log().error({ error: String(error) }, 'prompt library')
    return [
      {
        check: 'prompts',
        reason: 'The prompt library cannot be read: "npm run prompts" says what is wrong.',
      },
    ]
  }
}

function checkJobs(): NotReady[] {
  if (areJobsRunning()) return []
  return [{ check: 'jobs', reason: 'Background jobs have not started: the log says why.' }]
}
