import type { Page } from '@playwright/test'
import { percentile } from '../percentile.ts'
import type { Floors } from './bare-pages.ts'
import type { Line } from './line.ts'
import { settle } from './settle.ts'
import { type StreamedAnswer, streamAnswer } from './stream-answer.ts'
import type { UiStack } from './ui-stack.ts'

const sum = (values: number[]) => values.reduce((total, value) => total + value, 0)

/** What an answer costs that is written into the long conversation, and a fresh one on a slow processor. */
export async function measureStreaming(stack: UiStack, floors: Floors): Promise<Line[]> {
  const page = await stack.newPage()
  await openAtEnd(page, stack.long)
  const typed = await streamAnswer(stack, page, { words: 2000, rate: 100, withTyping: true })
  const before = await heapAfterCollection(page)
  const read = await whileReadingAbove(page, () => streamAnswer(stack, page, { words: 800, rate: 100 }))
  await page.getByRole('button', { name: 'Jump to latest' }).click()
  const after = await heapAfterCollection(page)
  const slowLong = await streamAnswer(stack, page, { words: 3000, rate: 200, slowdown: 4, withTyping: true })
  await page.close()

  const fresh = await stack.newPage()
  await fresh.goto('/')
  await fresh.waitForFunction(() => window.stoaProbe.composerReady !== null)
  const slowFresh = await streamAnswer(stack, fresh, {
    words: 3000,
    rate: 200,
    slowdown: 4,
    withTyping: true,
  })
  await fresh.close()

  const none = { floor: null, unit: 'ms' } as const
  return [
    {
      ...{
        name: 'into 1,000 messages at 100 words/s: key to paint, p95',
        limit: 50,
        unit: 'ms',
        floor: floors.keyP95,
      },
      measured: percentile(typed.keys, 0.95) ?? 0,
    },
    { ...none, name: '… key to paint, slowest', limit: null, measured: Math.max(...typed.keys) },
    {
      ...{ name: '… seconds with a task over 50 ms', limit: 5, unit: '%', floor: null },
      measured: (100 * typed.busySeconds) / typed.seconds,
    },
    { ...none, name: '… longest task', limit: null, measured: Math.max(0, ...typed.longTasks) },
    {
      ...none,
      name: '… layout shift while one reads above',
      unit: '',
      limit: 0,
      measured: read.answer.shift,
    },
    { ...none, name: '… what is read moves by', unit: 'px', limit: 0, measured: read.moved },
    {
      ...{ name: '… live memory after one more answer', limit: null, unit: 'MB', floor: before / 1e6 },
      measured: after / 1e6,
    },
    ...slowLines('slowed 4 ×, 3,000 words at 200/s, fresh', slowFresh, floors),
    ...slowLines('slowed 4 ×, 3,000 words at 200/s, into 1,000 messages', slowLong, floors),
  ]
}

function slowLines(name: string, answer: StreamedAnswer, floors: Floors): Line[] {
  const line = { unit: 'ms', floor: null } as const
  return [
    { ...line, name: `${name}: first text`, limit: 1000, measured: answer.firstText },
    { ...line, name: '… end behind the provider’s', limit: 1000, measured: answer.behindProvider },
    { ...line, name: '… long tasks in all', limit: 1000, measured: sum(answer.longTasks) },
    {
      ...line,
      name: '… slowest key',
      limit: 100,
      floor: floors.slowKeyMax,
      measured: Math.max(...answer.keys),
    },
  ]
}

async function openAtEnd(page: Page, path: string): Promise<void> {
  await page.goto(path)
  await page.getByText('END-1000').waitFor()
  await page.waitForFunction(() => window.stoaProbe.composerReady !== null)
  await settle(page)
}

/** The message in the middle of the screen must stay where it is. */
async function whileReadingAbove(page: Page, work: () => Promise<StreamedAnswer>) {
  const top = () =>
    page.evaluate(() => document.querySelector('[data-read]')?.getBoundingClientRect().top ?? Number.NaN)
  const working = work()
  await page.waitForFunction(() => document.querySelector('article[aria-busy="true"] .markdown'))
  const box = await page.getByRole('region', { name: 'Messages' }).boundingBox()
  await page.mouse.move((box?.x ?? 0) + 300, (box?.y ?? 0) + 300)
  for (let turn = 0; turn < 10; turn += 1) await page.mouse.wheel(0, -150)
  await settle(page)
  await page.evaluate(() => {
    const middle = window.innerHeight / 2
    const article = [...document.querySelectorAll('article')].find(
      (each) => each.getBoundingClientRect().bottom > middle,
    )
    article?.setAttribute('data-read', '')
    window.stoaProbe.reset()
  })
  const before = await top()
  const answer = await working
  return { answer, moved: Math.abs((await top()) - before) }
}

async function heapAfterCollection(page: Page): Promise<number> {
  const session = await page.context().newCDPSession(page)
  await session.send('HeapProfiler.collectGarbage')
  const { usedSize } = await session.send('Runtime.getHeapUsage')
  await session.detach()
  return usedSize
}
