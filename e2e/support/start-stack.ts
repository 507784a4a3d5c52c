import { findFreePort } from '#scripts/database/free-port.ts'
import { startStoa } from '#scripts/test/start-stoa.ts'
import { type ScriptedProvider, startScriptedProvider } from '../provider/scripted-provider.ts'

export interface RunningStack {
  /** The origin of Stoa. */
  origin: string
  databaseUrl: string
  provider: ScriptedProvider
  stop: () => Promise<void>
}

const HOST = '127.0.0.1'

/** More than the default, since some specs fill a list in one go. */
export const TURNS_PER_MINUTE = 60

/**
 * In dollars for a million tokens. Output costs little, so that what is held of an answer, whose length nobody knows, is
 * about what it comes to.
 */
const MODEL_PRICES = {
  'scripted-main': { input: 20, cachedInput: 2, output: 0.1 },
  'scripted-utility': { input: 0.2, cachedInput: 0.02, output: 0.8 },
}

/** Starts the scripted provider, and the production build of Stoa on an empty database that asks it for answers. */
export async function startStack(): Promise<RunningStack> {
  const provider = await startScriptedProvider()
  const port = await findFreePort(HOST)
  const stoa = await startStoa({
    port,
    env: {
      OPENAI_BASE_URL: provider.url,
      OPENAI_API_KEY: 'test-key',
      OPENAI_MODEL: 'scripted-main',
      OPENAI_UTILITY_MODEL: 'scripted-utility',
      MODEL_PRICES: JSON.stringify(MODEL_PRICES),
      REGISTRATION: 'open',
      RATE_LIMIT_PER_MINUTE: String(TURNS_PER_MINUTE),
    },
  })
  return {
    origin: `http://${HOST}:${port}`,
    databaseUrl: stoa.databaseUrl,
    provider,
    async stop() {
      await stoa.stop()
      await provider.stop()
    },
  }
}
