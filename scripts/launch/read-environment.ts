import { readFileSync } from 'node:fs'
import { parseEnv as parseDotEnv } from 'node:util'
import { type Env, parseEnv } from '#lib/env.ts'
import { inProject } from './project.ts'

export interface Environment {
  /** The variables of this process, and under them those of `.env`. */
  variables: NodeJS.ProcessEnv
  env: Env
}

/**
 * The configuration that a launch begins with.
 *
 * @throws EnvError with every fault.
 */
export function readEnvironment(file = inProject('.env'), own: NodeJS.ProcessEnv = process.env): Environment {
  const variables: NodeJS.ProcessEnv = { ...parseDotEnv(readIfThere(file)), ...own }
  return { variables, env: parseEnv(variables) }
}

function readIfThere(file: string): string {
  try {
    return readFileSync(file, 'utf8')
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ENOENT') return ''
    throw error
  }
}
