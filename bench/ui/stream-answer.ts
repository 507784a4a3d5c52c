import { randomUUID } from 'node:crypto'
import type { Page } from '@playwright/test'
import { slowedDown, typeKeys } from './type-keys.ts'
import type { UiStack } from './ui-stack.ts'

interface Answer {
  words: number
  /** Words a second. */
  rate: number
  /** How many times slower the processor is made. */
  slowdown?: number
  /** Whether somebody types meanwhile. */
  withTyping?: boolean
}

export interface StreamedAnswer {
  /** From Enter to the first text that is painted, and from the provider's last byte to the page that shows the end; in ms. */
  firstText: number
  behindProvider: number
  keys: number[]
  longTasks: number[]
  /** Seconds in which there was a task of more than 50 ms, of all that it took. */
  busySeconds: number
  seconds: number
  shift: number
}

/** Asks for an answer of all kinds of Markdown in the conversation that a page shows, and watches what it takes. */
export async function streamAnswer(
  { provider }: Pick<UiStack, 'provider'>,
  page: Page,
  { words, rate, slowdown = 1, withTyping = false }: Answer,
): Promise<StreamedAnswer> {
  const mark = `zz${randomUUID().slice(0, 8)}`
  const field = page.getByRole('textbox', { name: 'Message' })
  await field.fill(`[scenario:article words=${words} rate=${rate}] ${mark}`)
  await field.focus()
  return slowedDown(page, slowdown, async () => {
    await page.evaluate(followNextAnswer)
    await page.keyboard.press('Enter')
    await page.waitForFunction(() => Reflect.get(window, 'stoaAnswer').first !== null)
    const begun = await page.evaluate(() => performance.now())
    const keys = withTyping ? await typeKeys(page, { seconds: words / rate - 2, slowdown }) : []
    await page.waitForFunction(() => Reflect.get(window, 'stoaAnswer').end !== null, undefined, {
      timeout: 120_000,
    })
    const seen = await page.evaluate(() => {
      const { begun, first, end } = Reflect.get(window, 'stoaAnswer')
      const { longTasks, shifts } = window.stoaProbe
      return { begun, first, end: performance.timeOrigin + end, endedAt: end, longTasks, shifts }
    })
    const closed = provider.requests.find(
      ({ message, kind }) => kind === 'answer' && message.includes(mark),
    )?.closed
    if (!closed) throw new Error('The provider has not ended')
    await field.fill('')
    const seconds = (seen.endedAt - begun) / 1000
    const inIt = seen.longTasks.filter(({ start }) => start >= begun)
    return {
      ...{ firstText: seen.first - seen.begun, behindProvider: seen.end - closed.time, keys, seconds },
      longTasks: inIt.map(({ duration }) => duration),
      busySeconds: new Set(inIt.map(({ start }) => Math.floor((start - begun) / 1000))).size,
      shift: seen.shifts.reduce((sum, { value }) => sum + value, 0),
    }
  })
}

/** In the page: when the answer that is asked for next shows its first text and its end. */
function followNextAnswer(): void {
  const answer = { begun: performance.now(), first: null as number | null, end: null as number | null }
  Object.assign(window, { stoaAnswer: answer })
  window.stoaProbe.reset()
  window.addEventListener(
    'keydown',
    ({ timeStamp, key }) => {
      if (key === 'Enter') answer.begun = timeStamp
    },
    { capture: true, once: true },
  )
  const look = () => {
    const busy = document.querySelector('article[aria-busy="true"] .markdown')
    if (answer.first === null && busy?.textContent) answer.first = performance.now()
    const isOver = answer.first !== null && !document.querySelector('[data-running]')
    if (isOver) answer.end = performance.now()
    else requestAnimationFrame(look)
  }
  requestAnimationFrame(look)
}
