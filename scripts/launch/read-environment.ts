import { readFileSync } from 'node:fs'
import { parseEnv as parseDotEnv } from 'node:util'
import { type Env, parseEnv } from '#lib/env.ts'
import { inProject } from './project.ts'

export interface Environment {
  /**
   * The variables of this process, and under them those of `.env`. Empty ones are left out: they count as not set, and
   * packages that read the environment themselves do not know that.
   */
  variables: NodeJS.ProcessEnv
  env: Env
}

/**
 * The configuration that a launch begins with.
 *
 * @throws EnvError with every fault.
 */
export function readEnvironment(file = inProject('.env'), own: NodeJS.ProcessEnv = process.env): Environment {
  const all = Object.entries({ ...parseDotEnv(readIfThere(file)), ...own })
  const variables = Object.fromEntries(all.filter(([, value]) => value?.trim())) as NodeJS.ProcessEnv
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
