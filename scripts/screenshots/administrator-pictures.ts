import type { Page } from '@playwright/test'

/** For the person who came first, and has no conversation. */
export const administratorPictures: Record<string, (page: Page) => Promise<void>> = {
  async 'first-look'(page) {
    await page.goto('/')
    await page.getByRole('region', { name: 'First steps' }).waitFor()
  },
  async 'usage-empty'(page) {
    await page.goto('/usage')
    await page.getByText('No model was called for you').waitFor()
  },
  async admin(page) {
    await page.goto('/admin')
  },
  async 'admin-invitation'(page) {
    await page.goto('/admin')
    await page.getByRole('button', { name: 'Invite somebody' }).click()
    await page.getByRole('button', { name: 'Make link' }).click()
    await page.getByLabel('Link of the invitation').waitFor()
  },
  async 'admin-person'(page) {
    await page.goto('/admin')
    await page.getByRole('main').getByRole('listitem').getByRole('link').last().click()
    await page.getByRole('heading', { name: 'Budget' }).waitFor()
  },
  async 'admin-system'(page) {
    await page.goto('/admin/system')
  },
  async 'admin-audit'(page) {
    await page.goto('/admin/audit')
  },
  async invitation(page) {
    await page.goto('/admin')
    await page.getByRole('button', { name: 'Invite somebody' }).click()
    await page.getByRole('button', { name: 'Make link' }).click()
    await page.goto(await page.getByLabel('Link of the invitation').inputValue())
    await page.getByRole('heading', { name: 'You are invited' }).waitFor()
  },
  async 'invitation-over'(page) {
    await page.goto('/password/none')
  },
}
