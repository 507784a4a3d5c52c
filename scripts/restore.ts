import { writeFile } from 'node:fs/promises'
import path from 'node:path'
import type { Env } from '#lib/env.ts'
import { authSecretFile, openToReplace, readAuthSecret, type Target } from './backup/open-target.ts'
import { checkBackup } from './backup/read-backup.ts'
import { readCommand } from './backup/read-command.ts'
import { restoreBackup } from './backup/restore-backup.ts'
import { holdsRows, othersConnected } from './backup/tables.ts'
import { withClient } from './backup/with-client.ts'
import { writeBackup } from './backup/write-backup.ts'
import { explainError } from './launch/explain-error.ts'
import { LaunchError } from './launch/launch-error.ts'
import { readEnvironment } from './launch/read-environment.ts'

const USAGE = `npm run restore -- FILE            put a backup into an empty database; Stoa must not run
npm run restore -- FILE --force    replace what is there, of which a backup is written first`

/** `npm run restore -- FILE`: the database, and the secret that signs the sessions, as they were. */
async function restore(): Promise<void> {
  const { file, force } = readCommand(USAGE)
  const { env } = readEnvironment()
  const header = await checkBackup(file)
  const target = await openToReplace(env)
  try {
    await refuseInUse(target)
    await saveWhatIsThere(target, env, force)
    const applied = await restoreBackup(target.url, file, header)
    if (header.authSecret !== undefined && (force || (await readAuthSecret(env)) === undefined)) {
      await writeFile(authSecretFile(env), `${header.authSecret}\n`, { mode: 0o600 })
    }
    console.log(`Restored ${header.rows} rows of ${header.madeAt} into ${target.place}.`)
    if (applied.length > 0) console.log(`Brought to this version by ${applied.join(', ')}.`)
  } finally {
    await target.close()
  }
}

async function refuseInUse({ url, place }: Target): Promise<void> {
  const others = await withClient(url, othersConnected)
  if (others === 0) return
  throw new LaunchError(`${place} is in use (${others} connections): stop every Stoa on it first.`)
}

async function saveWhatIsThere(
  { url, place }: Target,
  env: Pick<Env, 'STOA_DATA_DIR'>,
  force: boolean,
): Promise<void> {
  if (!(await withClient(url, holdsRows))) return
  if (!force) {
    throw new LaunchError(
      `${place} is not empty. --force replaces what is there, and writes a backup of it first.`,
    )
  }
  const name = `before-restore-${new Date().toISOString().replaceAll(/\D/g, '').slice(0, 17)}.backup`
  const file = path.join(env.STOA_DATA_DIR, name)
  // With the secret, which the restored one replaces.
  await writeBackup(url, file, { authSecret: await readAuthSecret(env) })
  console.log(`What was there is in ${file}.`)
}

await restore().catch((error: unknown) => {
  console.error(explainError(error))
  process.exitCode = 1
})
