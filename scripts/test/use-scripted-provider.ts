import { type ScriptedProvider, startScriptedProvider } from '../../e2e/provider/scripted-provider.ts'

/**
 * Starts a scripted provider and makes it the one that this process asks. Call it before anything reads the configuration.
 *
 * @param variables what else is configured
 */
export async function useScriptedProvider(variables: Record<string, string> = {}): Promise<ScriptedProvider> {
  const provider = await startScriptedProvider()
  Object.assign(process.env, {
    OPENAI_BASE_URL: provider.url,
    OPENAI_API_KEY: 'test-key',
    OPENAI_MODEL: 'scripted-main',
    OPENAI_UTILITY_MODEL: 'scripted-utility',
    ...variables,
  })
  return provider
}
