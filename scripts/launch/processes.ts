import { execFile } from 'node:child_process'
import { readFile } from 'node:fs/promises'
import { setTimeout as delay } from 'node:timers/promises'
import { promisify } from 'node:util'

const run = promisify(execFile)

/** Whether a process runs; one that has ended and whose parent has not noticed yet does not. */
export async function isAlive(pid: number): Promise<boolean> {
  if (!Number.isInteger(pid) || pid <= 0) return false
  try {
    process.kill(pid, 0)
  } catch (error) {
    // It is there, but another user's.
    return (error as NodeJS.ErrnoException).code === 'EPERM'
  }
  return !(await lookUpProcess(pid))?.state.startsWith('Z')
}

/** The program that a process runs, or `undefined` when that cannot be found out. */
export async function commandOf(pid: number): Promise<string | undefined> {
  return (await lookUpProcess(pid))?.command
}

/**
 * What tells this process from a later one with the same number: when it began. `undefined` when there is no such
 * process, or none that can be looked at.
 */
export async function identityOf(pid: number): Promise<string | undefined> {
  return (await lookUpProcess(pid))?.started
}

/** Waits until a process is gone; `false` when it outlives the time. */
export async function waitForExit(pid: number, milliseconds: number): Promise<boolean> {
  const deadline = performance.now() + milliseconds
  while (await isAlive(pid)) {
    if (performance.now() > deadline) return false
    await delay(25)
  }
  return true
}

interface ProcessDescription {
  command: string
  state: string
  started: string
}

async function lookUpProcess(pid: number): Promise<ProcessDescription | undefined> {
  if (process.platform === 'linux') {
    const stat = await readFile(`/proc/${pid}/stat`, 'utf8').catch(() => undefined)
    // "12 (a name (with anything)) S …": then the state, and as the 22nd field the start, in ticks since the machine's.
    const [, command, rest] = stat?.match(/^\d+ \((.*)\) (.*)$/s) ?? []
    const fields = rest?.split(' ') ?? []
    const [state, started] = [fields[0], fields[19]]
    return command && state && started ? { command, state, started } : undefined
  }
  try {
    const columns = ['comm=', 'state=', 'lstart='].map((column) =>
      run('ps', ['-o', column, '-p', String(pid)]),
    )
    const [command = '', state = '', started = ''] = (await Promise.all(columns)).map(({ stdout }) =>
      stdout.trim(),
    )
    return { command, state, started }
  } catch {
    return undefined // `ps` fails when there is no such process.
  }
}
