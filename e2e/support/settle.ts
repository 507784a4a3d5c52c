import type { Page } from '@playwright/test'

/** Waits until fonts are there and what moves has come to its end: what fades in has its final contrast only then. */
export async function settle(page: Page): Promise<void> {
  await page.evaluate(async () => {
    await document.fonts.ready
    // Another theme is taken up with the next frame.
    await new Promise(requestAnimationFrame)
    // What goes with the scrolling has no end in time.
    const ending = () =>
      document
        .getAnimations()
        .filter(({ timeline, playState }) => timeline === document.timeline && playState === 'running')
        .filter(({ effect }) => effect?.getComputedTiming().iterations !== Infinity)
    // A colour that is inherited sets out once that of the parent has arrived.
    for (let moving = ending(); moving.length > 0; moving = ending())
      await Promise.allSettled(moving.map((animation) => animation.finished))
  })
}
