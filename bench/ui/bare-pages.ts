import { once } from 'node:events'
import { createServer } from 'node:http'
import type { BrowserContext, Page } from '@playwright/test'
import { median, percentile } from '../percentile.ts'
import { noteRunning } from '../servers/running.ts'
import { countSlowFrames } from './slow-frames.ts'
import { typeKeys } from './type-keys.ts'

const TEXT = '<p>What you learn in it, and whether that still compounds, is the one question.</p>'

const pages: Record<string, string> = {
  '/text': `<h1>A page</h1>${TEXT.repeat(30)}`,
  '/field': '<div contenteditable style="min-height:5em;border:1px solid"></div>',
  '/list': `<nav style="height:90vh;overflow-y:auto">${Array.from({ length: 10_000 }, (_, index) => `<li style="height:36px"><a href="#">Conversation ${index}</a></li>`).join('')}</nav>`,
}

/** What the least does that could do the same: on a noisy machine the figures stand as ratios to these. */
export interface Floors {
  largestPaint: number
  keyP95: number
  slowKeyMax: number
  slowFrames: number
}

export async function measureFloors(context: BrowserContext): Promise<Floors> {
  const server = createServer((request, response) => {
    const body = pages[request.url ?? ''] ?? ''
    response.setHeader('content-type', 'text/html; charset=utf-8')
    response.end(`<!doctype html><html lang="en"><title>Bare</title><body>${body}</body></html>`)
  })
  server.listen(0, '127.0.0.1')
  await once(server, 'listening')
  const address = server.address()
  const origin = typeof address === 'object' ? `http://127.0.0.1:${address?.port}` : ''
  const stop = noteRunning(async () => {
    server.closeAllConnections()
    server.close()
  })
  const page = await context.newPage()
  try {
    return {
      largestPaint: await largestPaint(page, `${origin}/text`),
      ...(await keys(page, `${origin}/field`)),
      slowFrames: await listFrames(page, `${origin}/list`),
    }
  } finally {
    await page.close()
    await stop()
  }
}

async function largestPaint(page: Page, url: string): Promise<number> {
  const times: number[] = []
  for (let round = 0; round < 5; round += 1) {
    await page.goto(url)
    await page.waitForFunction(() => window.stoaProbe.largestPaint > 0)
    times.push(await page.evaluate(() => window.stoaProbe.largestPaint))
  }
  return median(times) ?? 0
}

async function keys(page: Page, url: string): Promise<Pick<Floors, 'keyP95' | 'slowKeyMax'>> {
  await page.goto(url)
  await page.locator('[contenteditable]').focus()
  const usual = await typeKeys(page, { seconds: 4 })
  const slowed = await typeKeys(page, { seconds: 4, slowdown: 4 })
  return { keyP95: percentile(usual, 0.95) ?? 0, slowKeyMax: Math.max(...slowed) }
}

async function listFrames(page: Page, url: string): Promise<number> {
  await page.goto(url)
  return countSlowFrames(page, 'nav')
}
