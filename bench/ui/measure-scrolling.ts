import type { Page } from '@playwright/test'
import { percentile } from '../percentile.ts'
import type { Floors } from './bare-pages.ts'
import { countNodes } from './count-nodes.ts'
import type { Line } from './line.ts'
import { settle } from './settle.ts'
import { countSlowFrames } from './slow-frames.ts'
import type { UiStack } from './ui-stack.ts'

/** How the list of all conversations scrolls, and the long conversation upwards. */
export async function measureScrolling(stack: UiStack, floors: Floors): Promise<Line[]> {
  const page = await stack.newPage()
  await page.goto(stack.long)
  await page.waitForFunction(() => window.stoaProbe.composerReady !== null)
  await settle(page)
  const upwards = await scrollUp(page)
  const slowFrames = await countSlowFrames(page, 'nav[aria-label="Conversations"]')
  const listNodes = await countNodes(page)
  await page.close()
  return [
    {
      ...{
        name: 'scrolling up through 1,000 messages: what is looked at jumps by',
        limit: 1,
        unit: 'px',
        floor: null,
      },
      measured: upwards.jump,
    },
    { ...{ name: '… most nodes', limit: null, unit: 'nodes', floor: null }, measured: upwards.nodes },
    {
      ...{ name: '… task that shows older ones, p95', limit: null, unit: 'ms', floor: null },
      measured: percentile(upwards.longTasks, 0.95) ?? 0,
    },
    {
      ...{ name: 'scrolling the list of conversations: frames that came late', limit: 5, unit: '%' },
      ...{ measured: slowFrames, floor: floors.slowFrames },
    },
    { ...{ name: '… nodes of the page then', limit: null, unit: 'nodes', floor: null }, measured: listNodes },
  ]
}

async function scrollUp(page: Page) {
  await page.evaluate(() => window.stoaProbe.reset())
  let jump = 0
  let nodes = 0
  for (let turn = 0; turn < 100; turn += 1) {
    jump = Math.max(jump, await page.evaluate(scrollByOneScreen))
    if (turn % 5 === 0) nodes = Math.max(nodes, await countNodes(page))
  }
  const longTasks = await page.evaluate(() => window.stoaProbe.longTasks.map(({ duration }) => duration))
  return { jump, nodes, longTasks }
}

/** In the page: by how much what is in view moves other than by the scrolling, in px. */
async function scrollByOneScreen(): Promise<number> {
  const box = document.querySelector('section[aria-label="Messages"]')
  if (!box) throw new Error('There are no messages')
  const middle = box.getBoundingClientRect().top + box.clientHeight / 2
  const seen = [...box.querySelectorAll('article')].find(
    (each) => each.getBoundingClientRect().bottom > middle,
  )
  const before = seen?.getBoundingClientRect().top ?? 0
  const way = Math.min(500, box.scrollTop)
  box.scrollBy(0, -way)
  for (let frames = 0; frames < 3; frames += 1) await new Promise(requestAnimationFrame)
  return seen ? Math.abs(seen.getBoundingClientRect().top - before - way) : 0
}
