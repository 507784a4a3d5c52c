import type { Page } from '@playwright/test'
import { median } from '../percentile.ts'
import type { Floors } from './bare-pages.ts'
import { countNodes } from './count-nodes.ts'
import type { Line } from './line.ts'
import { settle } from './settle.ts'
import type { UiStack } from './ui-stack.ts'

const LAST_WORD = 'END-1000'
const ROUNDS = 5

/** How the long conversation opens: by its address and from the list, and again when it was read before. */
export async function measureOpening(stack: UiStack, floors: Floors): Promise<Line[]> {
  const byAddress = await repeat(() => openByAddress(stack))
  const bySidebar = await repeat(() => openBySidebar(stack))
  const middle = (pick: (opened: Awaited<ReturnType<typeof openByAddress>>) => number) =>
    median(byAddress.map(pick)) ?? 0
  const line = { limit: 400, unit: 'ms', floor: floors.largestPaint } as const
  return [
    {
      ...line,
      name: '1,000 messages by address: latest readable',
      measured: middle(({ readable }) => readable),
    },
    {
      ...line,
      name: 'largest contentful paint',
      limit: 700,
      measured: middle(({ largestPaint }) => largestPaint),
    },
    {
      ...line,
      name: 'composer ready',
      limit: 500,
      floor: null,
      measured: middle(({ composerReady }) => composerReady),
    },
    {
      ...{ ...line, name: '1,000 messages from the list: latest readable', floor: null },
      measured: median(bySidebar.map(({ first }) => first)) ?? 0,
    },
    {
      ...{ ...line, name: 'switching to a conversation that was read', limit: 150, floor: null },
      measured: median(bySidebar.map(({ again }) => again)) ?? 0,
    },
    {
      ...{ name: 'nodes of the page as opened', limit: 3000, unit: 'nodes', floor: null },
      measured: Math.max(...byAddress.map(({ nodes }) => nodes)),
    },
    {
      ...{ name: 'scripts of the first load', limit: 320, unit: 'kB', floor: null },
      measured: middle(({ scriptBytes }) => scriptBytes) / 1000,
    },
    {
      ...{ name: 'HTML of the first load', limit: null, unit: 'kB', floor: null },
      measured: middle(({ htmlBytes }) => htmlBytes) / 1000,
    },
    {
      ...{ name: 'requests to other origins', limit: 0, unit: 'requests', floor: null },
      measured: Math.max(...byAddress.map(({ foreign }) => foreign)),
    },
  ]
}

async function repeat<T>(measure: () => Promise<T>): Promise<T[]> {
  // The first time the server loads what it needs, and the disk cache is cold.
  await measure()
  const results: T[] = []
  for (let round = 0; round < ROUNDS; round += 1) results.push(await measure())
  return results
}

async function openByAddress({ newPage, origin, long }: UiStack) {
  const page = await newPage()
  let foreign = 0
  page.on('request', (request) => {
    const { protocol, origin: asked } = new URL(request.url())
    if (protocol.startsWith('http') && asked !== origin) foreign += 1
  })
  const bytes = await watchBytes(page)
  await page.addInitScript((word) => window.stoaProbe.watch(word), LAST_WORD)
  await page.goto(long)
  await page.waitForFunction(
    (word) => window.stoaProbe.seen[word] !== undefined && window.stoaProbe.composerReady !== null,
    LAST_WORD,
  )
  // What is drawn later, such as colours, may be larger than what was drawn first.
  await settle(page)
  const probe = await page.evaluate(
    (word) => ({
      readable: window.stoaProbe.seen[word] ?? 0,
      largestPaint: window.stoaProbe.largestPaint,
      composerReady: window.stoaProbe.composerReady ?? 0,
    }),
    LAST_WORD,
  )
  const nodes = await countNodes(page)
  await page.close()
  return { ...probe, nodes, foreign, ...bytes }
}

async function watchBytes(page: Page) {
  const bytes = { scriptBytes: 0, htmlBytes: 0 }
  const session = await page.context().newCDPSession(page)
  const types = new Map<string, string>()
  session.on('Network.responseReceived', ({ requestId, type }) => types.set(requestId, type))
  session.on('Network.loadingFinished', ({ requestId, encodedDataLength }) => {
    if (types.get(requestId) === 'Script') bytes.scriptBytes += encodedDataLength
    if (types.get(requestId) === 'Document') bytes.htmlBytes += encodedDataLength
  })
  await session.send('Network.enable')
  await session.send('Network.setCacheDisabled', { cacheDisabled: true })
  // What comes through the service worker has no size.
  await session.send('Network.setBypassServiceWorker', { bypass: true })
  return bytes
}

async function openBySidebar({ newPage, long, short }: UiStack) {
  const page = await newPage()
  await page.goto(short)
  await page.waitForFunction(() => window.stoaProbe.composerReady !== null)
  await settle(page)
  const first = await click(page, long)
  await page.locator(`a[href="${short}"]`).first().click()
  await page.waitForFunction(
    (word) => !document.querySelector('main')?.textContent?.includes(word),
    LAST_WORD,
  )
  await settle(page)
  const again = await click(page, long)
  await page.close()
  return { first, again }
}

function click(page: Page, path: string): Promise<number> {
  return page.evaluate(
    async ({ path, word }) => {
      const { stoaProbe: probe } = window
      probe.reset()
      const begun = performance.now()
      document.querySelector<HTMLElement>(`nav a[href="${path}"]`)?.click()
      probe.watch(word)
      while (probe.seen[word] === undefined) await new Promise(requestAnimationFrame)
      return probe.seen[word] - begun
    },
    { path, word: LAST_WORD },
  )
}
