import { readFileSync } from 'node:fs'
import { fileURLToPath } from 'node:url'
import { expect, type Page } from '@playwright/test'
import type axe from 'axe-core'
import { settle } from './settle.ts'

declare global {
  interface Window {
    /** Once something was looked at. */
    axe?: typeof axe
  }
}

const axeScript = readFileSync(fileURLToPath(import.meta.resolve('axe-core/axe.min.js')), 'utf8')

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
  // Reading axe takes a page longer than running it. @axe-core/playwright has it read three times for every look.
  const isThere = await page.evaluate(() => window.axe !== undefined)
  if (!isThere) await page.evaluate(axeScript)
  return page.evaluate(async (only) => {
    if (!window.axe) throw new Error('axe is not on the page')
    const { violations } = await window.axe.run({
      resultTypes: ['violations'],
      ...(only && { runOnly: only }),
    })
    return violations
      .filter(({ impact }) => impact === 'serious' || impact === 'critical')
      .map(({ id, nodes }) => ({
        id,
        nodes: nodes.map(({ html, failureSummary }) => `${html} ${failureSummary}`),
      }))
  }, rules)
}
