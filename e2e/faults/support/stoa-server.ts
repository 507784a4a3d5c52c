import { STANDALONE_DIR } from '#scripts/launch/build.ts'
import { type ServerProcess, startServer } from '#scripts/launch/server-process.ts'
import { testServerEnvironment } from '#scripts/test/start-stoa.ts'
import type { FaultyPostgres } from './faulty-postgres.ts'

/** One Stoa, the production build, that a test can stop, kill and start again: same port, same database. */
export class StoaServer {
  /** Where a browser finds it. */
  readonly origin: string
  /** All that it printed so far, over all its starts. */
  output = ''
  readonly #port: number
  readonly #database: FaultyPostgres
  readonly #env: Record<string, string>
  #process: ServerProcess | undefined
  #pid: number | undefined

  constructor(port: number, database: FaultyPostgres, env: Record<string, string>) {
    this.origin = `http://127.0.0.1:${port}`
    this.#port = port
    this.#database = database
    this.#env = env
  }

  /** Resolves when it answers. */
  async start(): Promise<void> {
    this.#process = await startServer({
      folder: STANDALONE_DIR,
      host: '127.0.0.1',
      port: this.#port,
      env: testServerEnvironment(this.#database, this.#env),
      onSpawn: async (pid) => {
        this.#pid = pid
      },
      onOutput: (text) => {
        this.output += text
      },
    })
  }

  /** SIGTERM; resolves when it has ended, by itself or, after 10 s, by force. */
  async stop(): Promise<void> {
    await this.#process?.stop()
    this.#process = undefined
  }

  /** `kill -9`. */
  async kill(): Promise<void> {
    await this.#process?.kill()
    this.#process = undefined
  }

  /** A signal that does not end it. */
  signal(name: NodeJS.Signals): void {
    if (!this.#process || this.#pid === undefined) throw new Error('The server does not run')
    process.kill(this.#pid, name)
  }

  /** How it ended: "exit 0", "SIGKILL". */
  get ended(): Promise<string> {
    if (!this.#process) throw new Error('The server does not run')
    return this.#process.ended
  }
}
