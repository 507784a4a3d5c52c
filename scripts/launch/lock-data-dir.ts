import path from 'node:path'
import { isRunning, type Lock, takeLock } from './lock.ts'
import { waitForExit } from './processes.ts'

/** How long a server that outlived its launcher may take to drain. */
const ORPHAN_MS = 10_000

/**
 * Takes the data folder for this process alone, and ends a server on it whose launcher was killed.
 *
 * @throws LockHeldError while Stoa runs on it
 */
export async function lockDataDir(dataDir: string): Promise<Lock> {
  const lock = await takeLock(path.join(dataDir, 'launcher.lock'))
  const { orphan } = lock
  if (orphan) {
    // Its launcher was killed: it is draining, or about to. It still has the port.
    if (await isRunning(orphan)) process.kill(orphan.pid, 'SIGTERM')
    if (!(await waitForExit(orphan.pid, ORPHAN_MS))) process.kill(orphan.pid, 'SIGKILL')
  }
  return lock
}
