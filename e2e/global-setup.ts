import { chromium } from '@playwright/test'
import { launchOptions } from './support/browser.ts'
import { newCredentials, register } from './support/person.ts'
import { announceAdministrator, announceStack } from './support/stack.ts'
import { startStack } from './support/start-stack.ts'

export default async function globalSetup(): Promise<() => Promise<void>> {
  const stack = await startStack()
  announceStack({ ...stack, providerOrigin: stack.provider.origin })
  try {
    await registerFirst(stack.origin)
  } catch (error) {
    await stack.stop()
    throw error
  }
  return () => stack.stop()
}

/** The first account is the administrator's, and until it is there nobody is asked to sign in. */
async function registerFirst(origin: string): Promise<void> {
  const browser = await chromium.launch(launchOptions())
  try {
    const page = await browser.newPage({ baseURL: origin })
    await register(page, newCredentials())
    announceAdministrator(await page.context().cookies(origin))
  } finally {
    await browser.close()
  }
}
