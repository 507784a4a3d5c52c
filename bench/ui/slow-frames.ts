import type { Page } from '@playwright/test'

/** A frame that took longer than this, in ms, was missed by a screen that shows 60 a second. */
const MISSED_MS = 25

/**
 * Scrolls a box down as a wheel does, for four seconds.
 *
 * @returns the share of frames that came late, in %
 */
export async function countSlowFrames(page: Page, selector: string): Promise<number> {
  const box = await page.locator(selector).first().boundingBox()
  if (!box) throw new Error(`${selector} is not shown`)
  await page.mouse.move(box.x + box.width / 2, box.y + box.height / 2)
  await page.evaluate(() => {
    const frames: number[] = []
    Object.assign(window, { stoaFrames: frames })
    const note = (time: number) => {
      frames.push(time)
      requestAnimationFrame(note)
    }
    requestAnimationFrame(note)
  })
  for (let turn = 0; turn < 80; turn += 1) {
    await page.mouse.wheel(0, 240)
    // As a hand turns a wheel.
    await page.waitForTimeout(50)
  }
  const frames = await page.evaluate(() => Reflect.get(window, 'stoaFrames') as number[])
  const gaps = frames.slice(1).map((time, index) => time - (frames[index] ?? time))
  return (100 * gaps.filter((gap) => gap > MISSED_MS).length) / Math.max(1, gaps.length)
}
