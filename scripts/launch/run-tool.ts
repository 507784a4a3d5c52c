import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { PROJECT_DIR } from './project.ts'

/** A command of ours failed; its own output says why. */
export class ToolError extends Error {
  override readonly name = 'ToolError'
  readonly output: string

  constructor(command: string, exit: string, output: string) {
    super(`${command} failed (${exit}).`)
    this.output = output
  }
}

interface ToolOptions {
  env?: NodeJS.ProcessEnv
  /** Ends the tool early. */
  signal?: AbortSignal
}

/**
 * Runs a package's JavaScript file with this Node, in the clone, and keeps quiet unless it fails.
 *
 * @throws ToolError with all it printed.
 */
export async function runTool(file: string, args: string[], options: ToolOptions = {}): Promise<void> {
  const child = spawn(process.execPath, [file, ...args], {
    ...options,
    cwd: PROJECT_DIR,
    stdio: ['ignore', 'pipe', 'pipe'],
  })
  let output = ''
  for (const stream of [child.stdout, child.stderr]) {
    stream.setEncoding('utf8').on('data', (text: string) => {
      output += text
    })
  }
  const [code, signal] = await once(child, 'close')
  if (code !== 0) throw new ToolError([file, ...args].join(' '), signal ?? `exit ${code}`, output)
}
