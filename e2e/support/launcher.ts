import { type ChildProcess, spawn } from 'node:child_process'
import { readdir, readFile } from 'node:fs/promises'
import path from 'node:path'
import { findFreePort } from '#scripts/database/free-port.ts'
import { isAlive } from '#scripts/launch/processes.ts'
import { inProject, PROJECT_DIR } from '#scripts/launch/project.ts'
import { descendantsOf, processorTimeOf } from './process-tree.ts'

/** What of this machine's own configuration must not reach a launch: an empty value counts as not set. */
const NOTHING_SET = Object.fromEntries(
  ['DATABASE_URL', 'AUTH_SECRET', 'AUTH_URL', 'OPENAI_API_KEY', 'OPENAI_BASE_URL', 'ANTHROPIC_API_KEY'].map(
    (name) => [name, ''],
  ),
)

interface LaunchOptions {
  dataDir: string
  port?: number
  env?: Record<string, string>
}

/** One run of `npm start`. */
export class Launcher {
  readonly url: string
  /** What it printed so far, both streams. */
  output = ''
  /** The exit code, or the signal that ended it. */
  readonly ended: Promise<number | string>
  readonly #child: ChildProcess
  readonly #ready: Promise<void>

  private constructor(port: number, child: ChildProcess) {
    this.url = `http://127.0.0.1:${port}`
    this.#child = child
    const ready = Promise.withResolvers<void>()
    this.#ready = ready.promise
    // Whoever does not wait for readiness waits for the end.
    this.#ready.catch(() => {})
    for (const stream of [child.stdout, child.stderr]) {
      stream?.setEncoding('utf8').on('data', (text: string) => {
        this.output += text
        if (this.output.includes('Ctrl-C stops it')) ready.resolve()
      })
    }
    this.ended = new Promise((resolve) => {
      child.once('close', (code, signal) => {
        ready.reject(new Error(`the launcher ended before it was ready:\n${this.output}`))
        resolve(code ?? signal ?? 'nothing')
      })
    })
  }

  /** Starts it as a shell would: leader of a process group of its own. */
  static async start({ dataDir, port, env = {} }: LaunchOptions): Promise<Launcher> {
    const chosen = port ?? (await findFreePort('127.0.0.1'))
    const environment: Record<string, string | undefined> = {
      PATH: process.env.PATH,
      HOME: process.env.HOME,
      ...NOTHING_SET,
      STOA_OLLAMA_URL: 'http://127.0.0.1:9',
      STOA_DATA_DIR: dataDir,
      PORT: String(chosen),
      ...env,
    }
    const child = spawn(process.execPath, [inProject('scripts/start.mjs')], {
      cwd: PROJECT_DIR,
      // Next's types want NODE_ENV, which a person's shell does not have.
      env: environment as NodeJS.ProcessEnv,
      stdio: ['ignore', 'pipe', 'pipe'],
      detached: true,
    })
    return new Launcher(chosen, child)
  }

  async ready(): Promise<this> {
    await this.#ready
    return this
  }

  signal(name: NodeJS.Signals): void {
    process.kill(this.#pid, name)
  }

  /** Stops it if it still runs, and waits for its end. */
  async end(): Promise<void> {
    if (this.#child.exitCode === null && this.#child.signalCode === null) this.signal('SIGTERM')
    await this.ended
  }

  /** Ctrl-C reaches the whole process group. */
  interrupt(): void {
    process.kill(-this.#pid, 'SIGINT')
  }

  /** Whatever runs because of it now: its descendants, and the database, which has a session of its own. */
  async processes(dataDir: string): Promise<number[]> {
    return [this.#pid, ...(await descendantsOf(this.#pid)), ...(await databaseOf(dataDir))]
  }

  /** What all of these have taken of the processors so far, in ms. */
  async processorTime(dataDir: string): Promise<number> {
    const times = await Promise.all((await this.processes(dataDir)).map(processorTimeOf))
    return times.reduce((sum, time) => sum + time, 0)
  }

  get #pid(): number {
    if (this.#child.pid === undefined) throw new Error('the launcher did not start')
    return this.#child.pid
  }
}

export async function stillRunning(pids: number[]): Promise<number[]> {
  const alive = await Promise.all(pids.map(isAlive))
  return pids.filter((_, index) => alive[index])
}

/** The embedded server's process number is the first line of its postmaster.pid. */
async function databaseOf(dataDir: string): Promise<number[]> {
  for (const entry of await readdir(dataDir, { recursive: true })) {
    if (path.basename(entry) !== 'postmaster.pid') continue
    return [Number.parseInt(await readFile(path.join(dataDir, entry), 'utf8'), 10)]
  }
  throw new Error(`no database runs in ${dataDir}`)
}
