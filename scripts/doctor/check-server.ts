import { EnvError } from '#lib/env.ts'
import { loadPromptLibrary } from '#lib/prompts/library.ts'
import { explainError } from '../launch/explain-error.ts'
import { inProject } from '../launch/project.ts'
import { type Environment, readEnvironment } from '../launch/read-environment.ts'
import { checkAddress } from './check-address.ts'
import { checkDatabase } from './check-database.ts'
import { checkProvider } from './check-provider.ts'
import type { Finding } from './finding.ts'

/**
 * Looks at everything that a Stoa in this folder needs, whether it runs or not: configuration, prompt library, database,
 * provider, address. The provider is really asked, for a few tokens. Findings come as they are found; it never throws.
 *
 * @param variables instead of those of this process
 */
export async function* checkServer(variables: NodeJS.ProcessEnv = process.env): AsyncGenerator<Finding> {
  const environment = read(variables)
  if (Array.isArray(environment)) {
    yield* environment
    return
  }
  const { env } = environment
  const set = Object.keys(environment.variables).filter((name) => Object.hasOwn(env, name))
  yield {
    about: 'configuration',
    verdict: 'ok',
    what: `No faults; set are ${set.sort().join(', ') || 'none'}.`,
  }
  yield checkPrompts(env.STOA_PROMPTS_DIR)
  for (const check of [checkDatabase, checkProvider, checkAddress]) {
    try {
      yield* check(env)
    } catch (error) {
      yield { about: 'doctor', verdict: 'fault', what: explainError(error) }
    }
  }
}

function read(variables: NodeJS.ProcessEnv): Environment | Finding[] {
  try {
    return readEnvironment(inProject('.env'), variables)
  } catch (error) {
    if (!(error instanceof EnvError)) throw error
    return error.faults.map((fault) => ({
      about: 'configuration',
      verdict: 'fault',
      what: `${fault}.`,
      todo: 'Change it in .env or the environment: .env.example explains every variable.',
    }))
  }
}

function checkPrompts(folder: string): Finding {
  try {
    const { personas, warnings } = loadPromptLibrary(folder)
    const what = `${personas.length} personas in ${folder}.`
    if (warnings.length === 0) return { about: 'prompts', verdict: 'ok', what }
    return { about: 'prompts', verdict: 'warning', what: `${what} ${warnings.join(' ')}` }
  } catch (error) {
    return {
      about: 'prompts',
      verdict: 'fault',
      what: error instanceof Error ? error.message : String(error),
      todo: 'Mend it, and look with "npm run prompts"; STOA_PROMPTS_DIR says where the library is.',
    }
  }
}
