import type { Page } from '@playwright/test'

interface Typing {
  seconds: number
  /** How many times slower the processor is made meanwhile. */
  slowdown?: number
}

/** Between two keys, as somebody types who types fast, in ms. */
const PAUSE_MS = 110

/**
 * Types into what has the focus.
 *
 * @returns from each key until the frame that shows it was painted, in ms
 */
export async function typeKeys(page: Page, { seconds, slowdown = 1 }: Typing): Promise<number[]> {
  await page.evaluate(() => window.stoaProbe.reset())
  return slowedDown(page, slowdown, async () => {
    const end = performance.now() + seconds * 1000
    let count = 0
    while (performance.now() < end) {
      const next = performance.now() + PAUSE_MS
      await page.keyboard.press('etaoin srhld'.charAt(count % 12))
      count += 1
      // The rest of the pause between two keys.
      await page.waitForTimeout(Math.max(0, next - performance.now()))
    }
    const typed = await page.waitForFunction(
      (expected) => window.stoaProbe.keys.length >= expected && window.stoaProbe.keys,
      count,
    )
    return (await typed.jsonValue()) || []
  })
}

/** Does something while the page's processor is so many times slower, by Chromium's own throttling. */
export async function slowedDown<T>(page: Page, rate: number, work: () => Promise<T>): Promise<T> {
  const session = await page.context().newCDPSession(page)
  await session.send('Emulation.setCPUThrottlingRate', { rate })
  try {
    return await work()
  } finally {
    await session.send('Emulation.setCPUThrottlingRate', { rate: 1 })
    await session.detach()
  }
}
