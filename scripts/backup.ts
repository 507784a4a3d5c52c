import { stat } from 'node:fs/promises'
import { authSecretFile, openToRead, readAuthSecret } from './backup/open-target.ts'
import { readCommand } from './backup/read-command.ts'
import { writeBackup } from './backup/write-backup.ts'
import { explainError } from './launch/explain-error.ts'
import { readEnvironment } from './launch/read-environment.ts'

const USAGE = `npm run backup -- FILE            write all that Stoa keeps to a new file; it may run meanwhile
npm run backup -- FILE --force    replace the file if there is one`

/** `npm run backup -- FILE`: everything in the database, and the secret that signs the sessions, in one file. */
async function backup(): Promise<void> {
  const { file, force } = readCommand(USAGE)
  const { env } = readEnvironment()
  // Of a configuration that sets AUTH_SECRET itself, that is what has to be kept.
  const authSecret = env.AUTH_SECRET === undefined ? await readAuthSecret(env) : undefined
  const target = await openToRead(env)
  try {
    const { rows, tables } = await writeBackup(target.url, file, { authSecret, force })
    const { size } = await stat(file)
    console.log(`${file}: ${rows} rows of ${tables} tables from ${target.place}, ${size} bytes.`)
    console.log(
      authSecret === undefined
        ? 'AUTH_SECRET is not in it: keep your configuration (.env) too.'
        : `With the secret that signs the sessions (${authSecretFile(env)}). Your configuration (.env) is not in it.`,
    )
    console.log('Whoever reads this file reads every conversation: keep it as you keep the database.')
  } finally {
    await target.close()
  }
}

await backup().catch((error: unknown) => {
  console.error(explainError(error))
  process.exitCode = 1
})
