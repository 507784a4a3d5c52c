import path from 'node:path'
import { parseArgs } from 'node:util'
import { LaunchError } from '../launch/launch-error.ts'

/**
 * The file that a backup or a restore is given, and whether it may overwrite.
 *
 * @throws LaunchError with the usage
 */
export function readCommand(usage: string, args = process.argv.slice(2)): { file: string; force: boolean } {
  try {
    const options = { force: { type: 'boolean', default: false } } as const
    const { values, positionals } = parseArgs({ args, options, allowPositionals: true })
    const [file] = positionals
    if (file === undefined || positionals.length > 1) throw new Error('Name one file.')
    // npm runs scripts in the clone, and a path is meant from where the person is.
    return { file: path.resolve(process.env.INIT_CWD ?? '', file), force: values.force }
  } catch (cause) {
    const problem = cause instanceof Error ? cause.message : String(cause)
    throw new LaunchError(`${problem}\n\n${usage}`, { cause })
  }
}
