import { test as base, expect } from '@playwright/test'
import { createPerson, type Person } from '../../support/person.ts'
import { FaultStack, type FaultStackOptions } from './fault-stack.ts'

interface WorkerFixtures {
  /** What this file's stack is made of; set it with `test.use`. */
  stackOptions: FaultStackOptions
  /** This file's own servers. */
  stack: FaultStack
  /** An account on the first server, signed in; every server of the stack knows the session. */
  person: Person
}

/**
 * For specs that break servers. Each file has a stack of its own, which its tests use one after the other:
 * begin the file with `test.describe.configure({ mode: 'default' })`, and leave everything running at the end of a test.
 */
export const test = base.extend<object, WorkerFixtures>({
  stackOptions: [{}, { scope: 'worker', option: true }],

  stack: [
    async ({ stackOptions }, use) => {
      const stack = await FaultStack.start(stackOptions)
      await use(stack)
      await stack.dispose()
    },
    { scope: 'worker', timeout: 60_000 },
  ],

  person: [
    async ({ browser, stack }, use) => {
      const { origin } = stack.server
      const context = await browser.newContext({ baseURL: origin })
      await use(await createPerson(context, await context.newPage(), origin))
      await context.close()
    },
    { scope: 'worker', timeout: 60_000 },
  ],
})

export { expect }
