import { test as base, expect } from '@playwright/test'
import { ProviderControl } from '../provider/control-api.ts'
import type { Person } from './person.ts'
import { Problems } from './problems.ts'
import { currentStack } from './stack.ts'
import { storePerson } from './store-person.ts'

interface Fixtures {
  origin: string
  problems: Problems
  /** An account made for this test, signed in in the test's own context. Its page is empty: for what opens another, or none. */
  account: Person
  /** The same, with a new conversation on the page. */
  person: Person
  /** Makes one more account, with a browser context and an empty page of its own. */
  createOther: () => Promise<Person>
}

interface WorkerFixtures {
  provider: ProviderControl
}

export const test = base.extend<Fixtures, WorkerFixtures>({
  // biome-ignore lint/correctness/noEmptyPattern: Playwright reads the fixture's dependencies from this pattern.
  origin: async ({}, use) => use(currentStack().origin),

  baseURL: async ({ origin }, use) => use(origin),

  provider: [
    // biome-ignore lint/correctness/noEmptyPattern: as above.
    async ({}, use) => use(new ProviderControl(currentStack().providerOrigin)),
    { scope: 'worker' },
  ],

  problems: [
    async ({ context, origin }, use) => {
      const problems = new Problems()
      problems.watch(context, origin)
      await use(problems)
      expect(problems.unexpected, 'what the pages of this test did wrong').toEqual([])
    },
    { auto: true },
  ],

  account: async ({ context, page }, use) => use(await storePerson(context, page, currentStack())),

  person: async ({ account }, use) => {
    await account.page.goto('/')
    await account.page.getByRole('textbox', { name: 'Message' }).waitFor()
    await use(account)
  },

  createOther: async ({ browser, origin, problems }, use) => {
    const others: Person[] = []
    await use(async () => {
      const context = await browser.newContext({ baseURL: origin })
      problems.watch(context, origin)
      const person = await storePerson(context, await context.newPage(), currentStack())
      others.push(person)
      return person
    })
    await Promise.all(others.map(({ context }) => context.close()))
  },
})

export { expect }
