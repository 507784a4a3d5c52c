import type { Page } from '@playwright/test'

/** What a page is in itself, and what lies over it; the list beside it holds what other states left there. */
const PARTS =
  'main, [role=dialog], [role=alertdialog], [role=menu], [role=listbox], [role=status]:not(main *)'

/** Each is another one in every run. */
const PASSING: [RegExp, string][] = [
  [/[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}/g, 'ID'],
  [/http:\/\/127\.0\.0\.1:\d+/g, 'ORIGIN'],
  [/(\/s\/)[\w-]{16,}/g, '$1SECRET'],
  [/\b\d{1,2} (?:Jan|Feb|Mar|Apr|May|June?|July?|Aug|Sept?|Oct|Nov|Dec)[a-z]*(?: \d{4})?/g, 'DAY'],
]

/** Names and roles of what a page shows, as Playwright's aria snapshot has them, without what passes. */
export async function describeNames(page: Page): Promise<string> {
  const parts = await page.locator(PARTS).all()
  const snapshots = await Promise.all(parts.map((part) => part.ariaSnapshot()))
  const text = snapshots.filter((snapshot) => snapshot !== '').join('\n')
  return `${PASSING.reduce((named, [pattern, name]) => named.replace(pattern, name), text)}\n`
}
