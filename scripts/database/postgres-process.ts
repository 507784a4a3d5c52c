import { readFile } from 'node:fs/promises'
import path from 'node:path'
import { commandOf, isAlive } from '../launch/processes.ts'

/** What `postmaster.pid` says of the server that holds a cluster. */
export interface Postmaster {
  pid: number
  port: number
}

/**
 * The live server of a cluster, if there is one. A file left by a server that was killed, whose number another program
 * has got since, counts as none.
 */
export async function findPostmaster(clusterDir: string): Promise<Postmaster | undefined> {
  let lines: string[]
  try {
    lines = (await readFile(path.join(clusterDir, 'postmaster.pid'), 'utf8')).split('\n')
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ENOENT') return undefined
    throw error
  }
  const pid = Number(lines[0])
  const port = Number(lines[3])
  if (!(await isAlive(pid))) return undefined
  const command = await commandOf(pid)
  return command === undefined || command.includes('postgres') ? { pid, port } : undefined
}
