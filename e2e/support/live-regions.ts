import type { Page } from '@playwright/test'

declare global {
  interface Window {
    liveWords?: string[]
  }
}

/** Notes from now on every text that comes into a live region: what a screen reader is told unasked. */
export async function noteLiveRegions(page: Page): Promise<void> {
  await page.evaluate(() => {
    const words: string[] = []
    window.liveWords = words
    const regions = '[aria-live]:not([aria-live="off"]), [role="status"], [role="alert"], [role="log"]'
    const observer = new MutationObserver((mutations) => {
      const told = mutations.map(({ target }) => {
        const element = target instanceof Element ? target : target.parentElement
        return element?.closest(regions) ?? null
      })
      for (const region of new Set(told))
        if (region?.textContent?.trim()) words.push(region.textContent.trim())
    })
    observer.observe(document.body, { childList: true, characterData: true, subtree: true })
  })
}

export function liveWords(page: Page): Promise<string[]> {
  return page.evaluate(() => window.liveWords ?? [])
}
