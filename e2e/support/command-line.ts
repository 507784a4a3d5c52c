import { spawn } from 'node:child_process'
import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { text } from 'node:stream/consumers'
import { stripVTControlCharacters } from 'node:util'
import { spawn as spawnInTerminal } from '@lydell/node-pty'
import { inProject } from '#scripts/launch/project.ts'
import type { Person } from './person.ts'
import { RestClient } from './rest-client.ts'

interface Run {
  code: number | null
  out: string
  err: string
}

interface TerminalOptions {
  args?: string[]
  cols?: number
  isOwnNode?: boolean
}

/** `stoa` with a sign-in of its own. */
export interface CommandLine {
  folder: string
  run(args: string[], input?: string): Promise<Run>
  /** The same, of which nobody reads more than the first bytes. */
  runForHead(args: string[]): Promise<Omit<Run, 'out'>>
  /** `stoa` in a pseudo-terminal, on this machine’s own Node when `isOwnNode`. */
  open(options?: TerminalOptions): TerminalSession
}

export interface TerminalSession {
  type(keys: string): void
  /** Waits until it is shown after what was last waited for. */
  see(wanted: string | RegExp): Promise<string>
  ended: Promise<number>
}

/** Signs in with a token of the person's, in a folder of its own; ends with the folder. */
export async function startCommandLine(
  person: Person,
  origin: string,
): Promise<CommandLine & AsyncDisposable> {
  const folder = await mkdtemp(path.join(tmpdir(), 'stoa-cli-'))
  // What Playwright and CI say of colours is not of this terminal.
  const { FORCE_COLOR: _, NO_COLOR: __, CI: ___, ...inherited } = process.env
  const env = { ...inherited, XDG_CONFIG_HOME: folder, STOA_CLI_FOLDER: folder, TERM: 'xterm' }
  const { token } = await tokenOf(person)
  const signedIn = await run(['login', origin], token, env)
  if (signedIn.code !== 0) throw new Error(`stoa login ended with ${signedIn.code}: ${signedIn.err}`)
  return {
    folder,
    run: (args, input = '') => run(args, input, env),
    runForHead: (args) => runForHead(args, env),
    open: (options) => openTerminal(env, options),
    [Symbol.asyncDispose]: () => rm(folder, { recursive: true }),
  }
}

function tokenOf({ api }: Person): Promise<{ token: string }> {
  return new RestClient(api).json('POST', '/tokens', { json: { name: 'A terminal', scope: 'write' } })
}

const program = inProject('cli/stoa.mjs')

async function run(args: string[], input: string, env: NodeJS.ProcessEnv): Promise<Run> {
  const child = spawn(process.execPath, [program, ...args], { env })
  child.stdin.end(input)
  const ended = new Promise<number | null>((resolve) => child.on('close', resolve))
  const [out, err, code] = await Promise.all([text(child.stdout), text(child.stderr), ended])
  return { code, out, err }
}

async function runForHead(args: string[], env: NodeJS.ProcessEnv): Promise<Omit<Run, 'out'>> {
  const child = spawn(process.execPath, [program, ...args], { env, stdio: ['ignore', 'pipe', 'pipe'] })
  child.stdout.once('data', () => child.stdout.destroy())
  const ended = new Promise<number | null>((resolve) => child.on('close', resolve))
  const [err, code] = await Promise.all([text(child.stderr), ended])
  return { code, err }
}

/** The PATH without what npm puts before it for its scripts. */
function ownPath({ PATH = '' }: NodeJS.ProcessEnv): string {
  return PATH.split(path.delimiter)
    .filter((folder) => !folder.includes('node_modules'))
    .join(path.delimiter)
}

function openTerminal(
  inherited: NodeJS.ProcessEnv,
  { args = [], cols = 100, isOwnNode = false }: TerminalOptions = {},
): TerminalSession {
  const env = isOwnNode ? { ...inherited, PATH: ownPath(inherited) } : inherited
  const node = isOwnNode ? 'node' : process.execPath
  const terminal = spawnInTerminal(node, [program, ...args], { env, cols, rows: 40 })
  let shown = ''
  let seen = 0
  let look: () => void = () => undefined
  terminal.onData((data) => {
    shown = stripVTControlCharacters(shown + data)
    look()
  })
  return {
    type: (keys) => terminal.write(keys),
    see(wanted) {
      const found = Promise.withResolvers<string>()
      const timer = setTimeout(
        () => found.reject(new Error(`${wanted} was not shown: ${JSON.stringify(shown.slice(seen))}`)),
        20_000,
      )
      look = () => {
        const rest = shown.slice(seen)
        const match = typeof wanted === 'string' ? rest.indexOf(wanted) : rest.search(wanted)
        if (match < 0) return
        const length = typeof wanted === 'string' ? wanted.length : (rest.match(wanted)?.[0].length ?? 0)
        clearTimeout(timer)
        seen += match + length
        found.resolve(rest.slice(0, match + length))
      }
      look()
      return found.promise
    },
    ended: new Promise((resolve) => terminal.onExit(({ exitCode }) => resolve(exitCode))),
  }
}
