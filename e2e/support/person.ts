import { randomUUID } from 'node:crypto'
import type { BrowserContext, Page } from '@playwright/test'
import { ApiClient } from './api-client.ts'

export interface Credentials {
  name: string
  email: string
  password: string
}

/** Somebody with an account, signed in. */
export interface Person extends Credentials {
  context: BrowserContext
  page: Page
  /** The HTTP interface with this person's session. */
  api: ApiClient
}

export function newCredentials(): Credentials {
  const unique = randomUUID().slice(0, 8)
  return { name: `Zeno ${unique}`, email: `zeno-${unique}@example.test`, password: `stoa poikile ${unique}` }
}

/** Fills in the real form and waits for the page of a new conversation. */
export async function register(page: Page, { name, email, password }: Credentials): Promise<void> {
  await page.goto('/register')
  await page.getByLabel('Name', { exact: true }).fill(name)
  await page.getByLabel('Email', { exact: true }).fill(email)
  await page.getByLabel('Password', { exact: true }).fill(password)
  await page.getByRole('button', { name: 'Create account' }).click()
  await page.getByRole('textbox', { name: 'Message' }).waitFor()
}

export async function fillSignIn(page: Page, { email, password }: Omit<Credentials, 'name'>): Promise<void> {
  await page.getByLabel('Email', { exact: true }).fill(email)
  await page.getByLabel('Password', { exact: true }).fill(password)
  await page.getByRole('button', { name: 'Sign in', exact: true }).click()
}

export async function createPerson(context: BrowserContext, page: Page, origin: string): Promise<Person> {
  const credentials = newCredentials()
  await register(page, credentials)
  return { ...credentials, context, page, api: new ApiClient(origin, context) }
}
