import { type ChildProcess, execFile, spawn } from 'node:child_process'
import { copyFile, mkdir, rm } from 'node:fs/promises'
import path from 'node:path'
import { promisify } from 'node:util'
import { findFreePort } from '#scripts/database/free-port.ts'
import { type LaidOutImage, layOutImage } from '#scripts/image/lay-out-image.ts'
import { type ChildGroup, groupOf } from '#scripts/launch/child-group.ts'
import { waitForHealth } from '#scripts/launch/wait-for-health.ts'
import { makeTemporaryFolder } from '#scripts/test/make-temporary-folder.ts'

/** The number of `nobody`, for tests that run as root; another user is no root anyway. */
export const NOBODY = 65_534
const START_MS = 30_000
const STOP_MS = 15_000

/** The files of our image, laid out in a temporary folder, with a Node beside them as the base image has one. */
export class Image {
  readonly #root: string
  readonly #image: LaidOutImage

  private constructor(root: string, image: LaidOutImage) {
    this.#root = root
    this.#image = image
  }

  static async layOut(): Promise<Image> {
    const root = await makeTemporaryFolder('stoa-image')
    const image = await layOutImage(root)
    const programs = path.join(root, 'usr/local/bin')
    await mkdir(programs, { recursive: true })
    await copyFile(process.execPath, path.join(programs, 'node'))
    return new Image(root, image)
  }

  /** Its working folder. */
  get folder(): string {
    return this.#image.folder
  }

  get user(): string {
    return this.#image.user
  }

  /** Starts its command with the environment that it sets and these variables, and no other. */
  async run(variables: Record<string, string>): Promise<Container> {
    const port = await findFreePort('127.0.0.1')
    const env = this.#environment({ PORT: String(port), ...variables })
    const [program = '', ...args] = this.#image.command
    const child = spawn(this.#program(program), args, {
      ...{ cwd: this.folder, env, detached: true, ...ordinaryUser() },
      stdio: ['ignore', 'pipe', 'pipe'],
    })
    return new Container(child, port, () => this.#check(env))
  }

  async dispose(): Promise<void> {
    await rm(this.#root, { recursive: true })
  }

  async #check(env: NodeJS.ProcessEnv): Promise<boolean> {
    const [program = '', ...args] = this.#image.healthCheck
    const options = { cwd: this.folder, env, ...ordinaryUser() }
    return promisify(execFile)(this.#program(program), args, options).then(
      () => true,
      () => false,
    )
  }

  #program(name: string): string {
    return path.join(this.#root, 'usr/local/bin', name)
  }

  #environment(variables: Record<string, string>): NodeJS.ProcessEnv {
    return { NODE_ENV: 'production', ...this.#image.environment, ...variables }
  }
}

/** One run of the image's command. */
export class Container {
  readonly origin: string
  /** All that it printed so far. */
  output = ''
  /** What the image's health check finds. */
  readonly isHealthy: () => Promise<boolean>
  readonly #group: ChildGroup

  constructor(child: ChildProcess, port: number, isHealthy: () => Promise<boolean>) {
    this.origin = `http://127.0.0.1:${port}`
    this.isHealthy = isHealthy
    this.#group = groupOf(child)
    for (const stream of [child.stdout, child.stderr]) {
      stream?.setEncoding('utf8').on('data', (text: string) => {
        this.output += text
      })
    }
  }

  /** How it ended: "exit 0", "SIGKILL". */
  get ended(): Promise<string> {
    return this.#group.ended
  }

  /** @throws Error with what it printed when it ends before it answers */
  async ready(): Promise<this> {
    const ended = this.ended.then((how) => {
      throw new Error(`The container ended before it answered (${how}):\n${this.output}`)
    })
    await Promise.race([waitForHealth(this.origin, START_MS), ended])
    return this
  }

  /** As `docker stop`: SIGTERM, and SIGKILL after the grace period. */
  async stop(): Promise<string> {
    await this.#group.stop(STOP_MS)
    return this.ended
  }

  /** As a crash would. */
  kill(): Promise<void> {
    return this.#group.kill()
  }
}

function ordinaryUser(): { uid?: number; gid?: number } {
  return process.getuid?.() === 0 ? { uid: NOBODY, gid: NOBODY } : {}
}
