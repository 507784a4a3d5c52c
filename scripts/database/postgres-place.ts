import { execFile } from 'node:child_process'
import { createHash } from 'node:crypto'
import { access, chmod, cp, mkdir, rename, rm } from 'node:fs/promises'
import path from 'node:path'
import { promisify } from 'node:util'
import { binariesIn, type PostgresBinaries, packagedBinaries } from './postgres-binaries.ts'
import { findPostgresUser, type PostgresUser } from './postgres-user.ts'

const run = promisify(execFile)

/** Where root keeps what PostgreSQL's user cannot reach in the data folder. */
const SHARED_STATE = '/var/lib/stoa'

/** Where a cluster lies, what runs it and as whom. */
export interface PostgresPlace {
  clusterDir: string
  logFile: string
  binaries: PostgresBinaries
  /** `undefined`: as ourselves. */
  user: PostgresUser | undefined
}

/**
 * Chooses the place of the cluster that belongs to a data folder, which must exist.
 *
 * It is the data folder itself, unless we are root and PostgreSQL's user may not enter it (a clone under /root, mode
 * 0700): then it is a folder of its own under /var/lib/stoa. Binaries out of that user's reach are copied beside it.
 */
export async function placePostgres(dataDir: string, sharedState = SHARED_STATE): Promise<PostgresPlace> {
  const packaged = packagedBinaries()
  const inside = path.join(dataDir, 'postgres')
  const user = await findPostgresUser(inside)
  if (!user) return { ...filesIn(dataDir), binaries: packaged, user }

  let folder = dataDir
  if (!(await mayExecute(user, dataDir))) {
    folder = path.join(sharedState, createHash('sha256').update(dataDir).digest('hex').slice(0, 12))
    await mkdir(folder, { recursive: true })
    await chmod(folder, 0o711) // The mode that mkdir is given, the umask cuts.
  }
  const place = filesIn(folder)
  const owner = folder === dataDir ? user : ((await findPostgresUser(place.clusterDir)) ?? user)
  const reachable = await mayExecute(owner, packaged.initdb)
  const binaries = reachable ? packaged : await copyBinaries(packaged, folder)
  return { ...place, binaries, user: owner }
}

function filesIn(folder: string) {
  return { clusterDir: path.join(folder, 'postgres'), logFile: path.join(folder, 'postgres', 'server.log') }
}

/** Asks as that user, since modes alone do not tell: every parent counts, and so do access control lists. */
async function mayExecute(user: PostgresUser, file: string): Promise<boolean> {
  try {
    await run('/bin/sh', ['-c', 'test -x "$0"', file], { ...user, cwd: '/' })
    return true
  } catch {
    return false // `test` says no by its exit status.
  }
}

async function copyBinaries(from: PostgresBinaries, folder: string): Promise<PostgresBinaries> {
  const target = path.join(folder, `postgres-${from.version}`)
  const copy = binariesIn(target, from.version)
  if (await exists(copy.initdb)) return copy
  const unfinished = `${target}.${process.pid}`
  await cp(from.folder, unfinished, { recursive: true, verbatimSymlinks: true })
  await run('chmod', ['-R', 'a+rX', unfinished])
  await rm(target, { recursive: true, force: true })
  await rename(unfinished, target)
  return copy
}

async function exists(file: string): Promise<boolean> {
  return access(file).then(
    () => true,
    () => false,
  )
}
