import type { CDPSession, Locator, Page } from '@playwright/test'

interface Point {
  x: number
  y: number
}

/** A finger on the screen, as Chromium gets it from the system: with its own scrolling, long press and clicks. */
export class Finger {
  readonly #session: CDPSession
  readonly #page: Page

  private constructor(page: Page, session: CDPSession) {
    this.#page = page
    this.#session = session
  }

  static async on(page: Page): Promise<Finger> {
    return new Finger(page, await page.context().newCDPSession(page))
  }

  /** Puts the finger down, draws it along a line and, unless it is to be held there, lifts it. */
  async drag(from: Point, to: Point, { isHeld = false } = {}): Promise<void> {
    await this.#dispatch('touchStart', from)
    const steps = 12
    for (let step = 1; step <= steps; step += 1) {
      const part = step / steps
      await this.#dispatch('touchMove', {
        x: from.x + (to.x - from.x) * part,
        y: from.y + (to.y - from.y) * part,
      })
      // As fast as a screen tells of it: what is faster is thrown together.
      await this.#page.evaluate(() => new Promise(requestAnimationFrame))
    }
    if (!isHeld) await this.lift()
  }

  async lift(): Promise<void> {
    await this.#session.send('Input.dispatchTouchEvent', { type: 'touchEnd', touchPoints: [] })
  }

  /** Rests on the middle of something, or on what one is given, until `until` is there; then lifts. */
  async rest(on: Locator, until: Locator): Promise<void> {
    const box = await on.boundingBox()
    if (!box) throw new Error('There is nothing to rest on.')
    await this.#dispatch('touchStart', { x: box.x + box.width / 2, y: box.y + box.height / 2 })
    await until.waitFor()
    await this.lift()
  }

  async #dispatch(type: 'touchStart' | 'touchMove', point: Point): Promise<void> {
    await this.#session.send('Input.dispatchTouchEvent', { type, touchPoints: [point] })
  }
}
