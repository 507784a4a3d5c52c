import { rm, writeFile } from 'node:fs/promises'
import path from 'node:path'
import { startTemporaryPostgres, type TemporaryPostgres } from '#scripts/database/temporary-postgres.ts'
import { makeTemporaryFolder } from '#scripts/test/make-temporary-folder.ts'
import { type ScriptedProvider, startScriptedProvider } from '../../provider/scripted-provider.ts'
import { test as base, expect } from '../../support/test.ts'
import { Image } from './container.ts'

interface Deployment {
  postgres: TemporaryPostgres
  provider: ScriptedProvider
  /** What compose.yaml gives it, its secrets as files. */
  variables: Record<string, string>
}

/** For specs of the image: a database, empty, and a provider for each test. */
export const test = base.extend<{ deployment: Deployment }, { image: Image }>({
  image: [
    // biome-ignore lint/correctness/noEmptyPattern: Playwright reads the fixture's dependencies from this pattern.
    async ({}, use) => {
      const image = await Image.layOut()
      await use(image)
      await image.dispose()
    },
    { scope: 'worker', timeout: 60_000 },
  ],

  // biome-ignore lint/correctness/noEmptyPattern: as above.
  deployment: async ({}, use) => {
    const [postgres, provider] = await Promise.all([startTemporaryPostgres(), startScriptedProvider()])
    const secrets = await makeTemporaryFolder('stoa-secrets')
    const secret = async (name: string, text: string) => {
      await writeFile(path.join(secrets, name), `${text}\n`)
      return path.join(secrets, name)
    }
    const address = new URL(postgres.url)
    const password = decodeURIComponent(address.password)
    address.password = ''
    const variables = {
      DATABASE_URL: address.href,
      PGPASSWORD_FILE: await secret('postgres-password', password),
      AUTH_SECRET_FILE: await secret('auth-secret', 'a secret of the tests, which keep nothing'),
      OPENAI_BASE_URL: provider.url,
      OPENAI_API_KEY_FILE: await secret('key', 'test-key'),
      OPENAI_MODEL: 'scripted-main',
      OPENAI_UTILITY_MODEL: 'scripted-utility',
      RATE_LIMIT_PER_MINUTE: '1000',
    }
    await use({ postgres, provider, variables })
    await Promise.all([postgres.stop(), provider.stop(), rm(secrets, { recursive: true })])
  },
})

export { expect }
