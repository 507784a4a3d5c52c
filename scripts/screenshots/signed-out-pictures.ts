import type { Page } from '@playwright/test'

/** For whoever is not signed in. */
export const signedOutPictures: Record<string, (page: Page) => Promise<void>> = {
  async login(page) {
    await page.goto('/login')
  },
  async 'login-refused'(page) {
    await page.goto('/login')
    await page.getByLabel('Email', { exact: true }).fill('nobody@example.test')
    await page.getByLabel('Password', { exact: true }).fill('not the password')
    await page.getByRole('button', { name: 'Sign in', exact: true }).click()
    await page.getByRole('alert').filter({ hasText: /\S/ }).waitFor()
  },
  async register(page) {
    await page.goto('/register')
  },
  async 'share-over'(page) {
    await page.goto('/s/none')
  },
}
