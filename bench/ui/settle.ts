import type { Page } from '@playwright/test'

/** Longer than the loading and the drawing that follow the first picture of a page take: colours of code, the worker. */
const SETTLED_MS = 500

/** Waits until what a page still does of itself is over, so that it is not measured with what is done to it next. */
export function settle(page: Page): Promise<void> {
  return page.waitForTimeout(SETTLED_MS)
}
