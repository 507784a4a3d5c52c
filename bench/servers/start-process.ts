import { spawn } from 'node:child_process'
import { groupOf } from '#scripts/launch/child-group.ts'
import { noteRunning } from './running.ts'

interface ProcessOptions {
  file: string
  args?: string[]
  env?: Record<string, string>
  /** What it prints once it serves. */
  ready: RegExp
}

export interface StartedProcess {
  pid: number
  /** What `ready` found. */
  announced: RegExpExecArray
  stop(): Promise<void>
}

const STOP_MS = 5_000

/**
 * Starts a server with this Node and nothing of the person's own environment, and waits until it says that it serves.
 *
 * @throws Error with what it printed when it ends before
 */
export async function startProcess({
  file,
  args = [],
  env = {},
  ready,
}: ProcessOptions): Promise<StartedProcess> {
  const child = spawn(process.execPath, [file, ...args], {
    env: { PATH: process.env.PATH, NODE_ENV: 'production', ...env },
    stdio: ['ignore', 'pipe', 'inherit'],
    detached: true,
  })
  const group = groupOf(child)
  const stop = noteRunning(() => group.stop(STOP_MS))
  let output = ''
  const isReady = new Promise<RegExpExecArray>((resolve) => {
    child.stdout.setEncoding('utf8').on('data', (text: string) => {
      output += text
      const found = ready.exec(output)
      if (found) resolve(found)
    })
  })
  const died = group.ended.then((how) => {
    throw new Error(`${file} ended while it was starting (${how}):\n${output}`)
  })
  const announced = await Promise.race([isReady, died])
  // Its end is no news from here on.
  died.catch(() => undefined)
  if (child.pid === undefined) throw new Error(`${file} has no process`)
  return { pid: child.pid, announced, stop }
}
