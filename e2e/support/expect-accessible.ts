import AxeBuilder from '@axe-core/playwright'
import { expect, type Page } from '@playwright/test'
import { settle } from './settle.ts'

/** Holds that axe finds nothing serious in what the page shows, nor in its colours in the other scheme. */
export async function expectAccessible(page: Page): Promise<void> {
  const isDark = await page.evaluate(() => matchMedia('(prefers-color-scheme: dark)').matches)
  const [current, other] = isDark ? (['dark', 'light'] as const) : (['light', 'dark'] as const)
  expect(await graveViolations(page)).toEqual([])
  await page.emulateMedia({ colorScheme: other })
  expect(await graveViolations(page, ['color-contrast']), `in ${other}`).toEqual([])
  await page.emulateMedia({ colorScheme: current })
}

/** What axe takes for serious or critical in what the page shows; of certain rules only where they are named. */
export async function graveViolations(page: Page, rules?: string[]) {
  await settle(page)
  const axe = new AxeBuilder({ page })
  const { violations } = await (rules ? axe.withRules(rules) : axe).analyze()
  return violations
    .filter(({ impact }) => impact === 'serious' || impact === 'critical')
    .map(({ id, nodes }) => ({
      id,
      nodes: nodes.map(({ html, failureSummary }) => `${html} ${failureSummary}`),
    }))
}
