import type { Page } from '@playwright/test'

/** Waits until fonts are there and what moves has come to its end: what fades in has its final contrast only then. */
export async function settle(page: Page): Promise<void> {
  await page.evaluate(async () => {
    await document.fonts.ready
    // Another theme is taken up with the next frame.
    await new Promise(requestAnimationFrame)
    const ending = document
      .getAnimations()
      // What goes with the scrolling has no end in time.
      .filter(({ timeline }) => timeline === document.timeline)
      .filter(({ effect }) => effect?.getComputedTiming().iterations !== Infinity)
    await Promise.allSettled(ending.map((animation) => animation.finished))
  })
}
