import { link, readFile, rename, rm, writeFile } from 'node:fs/promises'
import { identityOf, isAlive } from './processes.ts'

/** A process, told from later ones with the same number. */
export interface ProcessMark {
  pid: number
  started: string | undefined
}

interface LockContent extends ProcessMark {
  /** The server that the holder started, which may outlive it. */
  server?: ProcessMark
}

export interface Lock {
  /** The server of a holder that is gone, if it still runs. */
  orphan: ProcessMark | undefined
  /** Leaves word of our server, for whoever finds the lock after us. */
  noteServer(pid: number): Promise<void>
  release(): Promise<void>
}

/** Somebody else has the lock. */
export class LockHeldError extends Error {
  override readonly name = 'LockHeldError'
  readonly pid: number

  constructor(pid: number) {
    super(`Process ${pid} holds the lock.`)
    this.pid = pid
  }
}

/**
 * Takes a lock that only one live process can have: a file with the holder's number. One whose holder was killed is
 * taken over.
 *
 * @throws LockHeldError
 */
export async function takeLock(file: string): Promise<Lock> {
  const own: LockContent = await markOf(process.pid)
  // Written beside and linked, so that nobody ever reads half of it.
  const draft = `${file}.${process.pid}`
  let orphan: ProcessMark | undefined
  await writeFile(draft, JSON.stringify(own), { mode: 0o600 })
  try {
    while (!(await tryLink(draft, file))) {
      const holder = await readContent(file)
      if (holder && (await isRunning(holder))) throw new LockHeldError(holder.pid)
      if (holder?.server && (await isRunning(holder.server))) orphan = holder.server
      await removeStale(file, holder)
    }
  } finally {
    await rm(draft, { force: true })
  }
  return {
    orphan,
    noteServer: async (pid) => {
      await writeFile(draft, JSON.stringify({ ...own, server: await markOf(pid) }), { mode: 0o600 })
      await rename(draft, file)
    },
    release: () => rm(file, { force: true }),
  }
}

/** Whether that very process still runs. */
export async function isRunning({ pid, started }: ProcessMark): Promise<boolean> {
  return (await isAlive(pid)) && (await identityOf(pid)) === started
}

async function markOf(pid: number): Promise<ProcessMark> {
  return { pid, started: await identityOf(pid) }
}

/** Between our look and now another start may have taken it over: what is taken away is looked at again. */
async function removeStale(file: string, stale: LockContent | undefined): Promise<void> {
  const aside = `${file}.stale.${process.pid}`
  try {
    await rename(file, aside)
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ENOENT') return
    throw error
  }
  const taken = await readContent(aside)
  if (taken && taken.pid !== stale?.pid) await tryLink(aside, file)
  await rm(aside)
}

async function tryLink(from: string, to: string): Promise<boolean> {
  try {
    await link(from, to)
    return true
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'EEXIST') return false
    throw error
  }
}

/** `undefined` when the file is gone, or not one of ours. */
async function readContent(file: string): Promise<LockContent | undefined> {
  const text = await readFile(file, 'utf8').catch(() => '')
  try {
    return text ? JSON.parse(text) : undefined
  } catch {
    return undefined
  }
}
