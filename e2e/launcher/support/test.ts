import { rm } from 'node:fs/promises'
import { makeTemporaryFolder } from '#scripts/test/make-temporary-folder.ts'
import type { ScriptedProvider } from '../../provider/scripted-provider.ts'
import { startScriptedProvider } from '../../provider/scripted-provider.ts'
import { Launcher } from '../../support/launcher.ts'
import { createPerson, type Person } from '../../support/person.ts'
import { test as base, expect } from '../../support/test.ts'

interface LauncherFixtures {
  dataDir: string
  ownProvider: ScriptedProvider
  /** Starts on this test's data folder; whatever still runs is killed in the end. */
  launch: (options?: {
    env?: Record<string, string>
    port?: number
    withProvider?: boolean
  }) => Promise<Launcher>
  signUp: (launcher: Launcher) => Promise<Person>
}

/** For specs that run `npm start` itself, each with a server and a database of its own. */
export const test = base.extend<LauncherFixtures>({
  // biome-ignore lint/correctness/noEmptyPattern: Playwright reads the fixture's dependencies from this pattern.
  dataDir: async ({}, use) => {
    const folder = await makeTemporaryFolder('stoa-launcher')
    await use(folder)
    await rm(folder, { recursive: true })
  },

  // biome-ignore lint/correctness/noEmptyPattern: as above.
  ownProvider: async ({}, use) => {
    const provider = await startScriptedProvider()
    await use(provider)
    await provider.stop()
  },

  launch: async ({ dataDir, ownProvider }, use) => {
    const launchers: Launcher[] = []
    const providerEnv = {
      OPENAI_BASE_URL: ownProvider.url,
      OPENAI_API_KEY: 'test-key',
      OPENAI_MODEL: 'scripted-main',
      OPENAI_UTILITY_MODEL: 'scripted-utility',
    }
    await use(async ({ env, port, withProvider = true } = {}) => {
      const launcher = await Launcher.start({
        dataDir,
        ...(port !== undefined && { port }),
        env: { ...(withProvider && providerEnv), ...env },
      })
      launchers.push(launcher)
      return launcher
    })
    for (const launcher of launchers) await launcher.end()
  },

  signUp: async ({ browser, problems }, use) => {
    // The page that is open when its server goes away loses its connections, and says so.
    problems.allow(/net::ERR_(INCOMPLETE_CHUNKED_ENCODING|CONNECTION_\w+|EMPTY_RESPONSE)/)
    const people: Person[] = []
    await use(async ({ url }) => {
      const context = await browser.newContext({ baseURL: url })
      problems.watch(context, url)
      const person = await createPerson(context, await context.newPage(), url)
      people.push(person)
      return person
    })
    for (const { context } of people) await context.close()
  },
})

export { expect }
