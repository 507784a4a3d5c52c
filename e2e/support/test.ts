import { test as base, expect } from '@playwright/test'
import { ProviderControl } from '../provider/control-api.ts'
import { createPerson, type Person } from './person.ts'
import { Problems } from './problems.ts'
import { currentStack } from './stack.ts'

interface Fixtures {
  origin: string
  problems: Problems
  /** An account made for this test, signed in on the test's own `page`. */
  person: Person
  /** Makes one more account, with a browser context of its own. */
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

  person: async ({ context, page, origin }, use) => use(await createPerson(context, page, origin)),

  createOther: async ({ browser, origin, problems }, use) => {
    const others: Person[] = []
    await use(async () => {
      const context = await browser.newContext({ baseURL: origin })
      problems.watch(context, origin)
      const person = await createPerson(context, await context.newPage(), origin)
      others.push(person)
      return person
    })
    await Promise.all(others.map(({ context }) => context.close()))
  },
})

export { expect }
