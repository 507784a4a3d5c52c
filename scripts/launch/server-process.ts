import { type ChildProcess, spawn } from 'node:child_process'
import { once } from 'node:events'
import path from 'node:path'
import { setTimeout as delay } from 'node:timers/promises'
import { groupOf } from './child-group.ts'
import { waitForHealth } from './wait-for-health.ts'

/** Next's own banner, which says less than ours. */
const NEXT_BANNER = /^\s*(▲|- (Local|Network):|✓)/
const START_MS = 60_000
/** The server lets running answers end for up to 8 s. */
const STOP_MS = 10_000

interface ServerOptions {
  /** The folder with the built `server.js`. */
  folder: string
  host: string
  port: number
  /** Its whole environment, apart from what is set here. */
  env: NodeJS.ProcessEnv
  /** Called as soon as there is a process, long before it is ready. */
  onSpawn?: (pid: number) => Promise<void>
  /** Gives up starting. */
  signal?: AbortSignal
  /** Gets all that it prints, instead of our own standard output and standard error. */
  onOutput?: (text: string) => void
}

/** What the server says of itself when it is up (lib/server/boot.ts). */
export interface ServerReport {
  /** Which model answers, in words; for the demo model also how to connect a real one. */
  model: string
  warnings: string[]
}

export interface ServerProcess extends ServerReport {
  url: string
  /** Fulfilled when the process has ended, with how it did: "exit 1", "SIGKILL". */
  ended: Promise<string>
  /** Lets running answers end, for at most 10 s. */
  stop(): Promise<void>
  /** As a crash would. */
  kill(): Promise<void>
}

/** The server would not start; it has said why on standard error, too. */
export class ServerRefusedError extends Error {
  override readonly name = 'ServerRefusedError'
}

type ServerMessage = ({ type: 'ready' } & ServerReport) | { type: 'failed'; message: string }

/**
 * Starts the built server in a process group of its own, so that Ctrl-C reaches only the launcher, and waits until it
 * answers. It ends by itself when its launcher is gone.
 *
 * @throws ServerRefusedError with the server's own words; Error when it dies or says nothing.
 */
export async function startServer(options: ServerOptions): Promise<ServerProcess> {
  const { folder, host, port, env, signal, onOutput } = options
  const child = spawn(process.execPath, [path.join(folder, 'server.js')], {
    cwd: folder,
    env: {
      ...env,
      NODE_ENV: 'production',
      NEXT_MANUAL_SIG_HANDLE: 'true',
      NEXT_TELEMETRY_DISABLED: '1',
      // Beside the build, which goes with the next one. Loading the server's code takes a fifth less.
      NODE_COMPILE_CACHE: path.join(folder, '../compile-cache'),
      HOSTNAME: host,
      PORT: String(port),
    },
    stdio: ['ignore', 'pipe', onOutput ? 'pipe' : 'inherit', 'ipc'],
    detached: true,
  })
  const group = groupOf(child)
  const flushOutput = onOutput ? passOutput(child, onOutput) : holdOutput(child)
  const url = addressOf(host, port)
  try {
    if (child.pid !== undefined) await options.onSpawn?.(child.pid)
    const report = await reportOf(child, group.ended, signal)
    await waitForHealth(url, START_MS)
    flushOutput((line) => !NEXT_BANNER.test(line))
    return { ...report, url, ended: group.ended, stop: () => group.stop(STOP_MS), kill: group.kill }
  } catch (error) {
    flushOutput(() => true)
    await group.kill()
    throw error
  }
}

async function reportOf(
  child: ChildProcess,
  ended: Promise<string>,
  signal?: AbortSignal,
): Promise<ServerReport> {
  const died = ended.then((how) => {
    throw new Error(`The server ended while it was starting (${how}).`)
  })
  const late = delay(START_MS, undefined, { ref: false }).then(() => {
    throw new Error(`The server did not start within ${START_MS / 1000} s.`)
  })
  const [message] = (await Promise.race([once(child, 'message', { signal }), died, late])) as [ServerMessage]
  if (message.type === 'failed') throw new ServerRefusedError(message.message)
  return message
}

/** Keeps what a process prints until the returned function lets through what should be seen of it, and all that follows. */
function holdOutput(child: ChildProcess): (isWanted: (line: string) => boolean) => void {
  let held = ''
  const hold = (text: string) => {
    held += text
  }
  child.stdout?.setEncoding('utf8').on('data', hold)
  return (isWanted) => {
    child.stdout?.off('data', hold).pipe(process.stdout)
    const lines = held.split('\n').filter((line) => line && isWanted(line))
    process.stdout.write(lines.map((line) => `${line}\n`).join(''))
  }
}

function passOutput(child: ChildProcess, onOutput: (text: string) => void): () => void {
  for (const stream of [child.stdout, child.stderr]) stream?.setEncoding('utf8').on('data', onOutput)
  return () => {}
}

/** Where a browser on this machine finds a server that listens on a host. */
function addressOf(host: string, port: number): string {
  const everywhere = host === '0.0.0.0' || host === '::'
  const name = everywhere ? 'localhost' : host.includes(':') ? `[${host}]` : host
  return `http://${name}:${port}`
}
