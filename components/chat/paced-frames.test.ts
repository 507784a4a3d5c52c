import { afterEach, beforeEach, expect, it, vi } from 'vitest'
import { createPacedFrames } from './paced-frames.ts'

/** A browser with one thread: what is due waits for what runs. */
let now = 0
let due: { id: number; at: number; run: () => void }[] = []

function at(time: number, run: () => void): number {
  const id = due.length === 0 ? 1 : Math.max(...due.map((task) => task.id)) + 1
  due.push({ id, at: time, run })
  return id
}

async function runUntil(end: number): Promise<void> {
  for (;;) {
    due.sort((a, b) => a.at - b.at)
    const next = due[0]
    if (!next || Math.max(now, next.at) > end) return
    due.shift()
    now = Math.max(now, next.at)
    next.run()
    // What waits for it in microtasks comes before the next.
    await new Promise(setImmediate)
  }
}

function takeBack(id: number): void {
  due = due.filter((task) => task.id !== id)
}

/** Two ends of a channel, whose messages are tasks. */
class Channel {
  port1 = { onmessage: () => {}, close: () => {} }
  port2 = { postMessage: () => at(now, () => this.port1.onmessage()) }
}

beforeEach(() => {
  now = 0
  due = []
  vi.stubGlobal('document', { visibilityState: 'visible' })
  vi.stubGlobal('performance', { now: () => now })
  vi.stubGlobal('setTimeout', (run: () => void, ms = 0) => at(now + ms, run))
  vi.stubGlobal('clearTimeout', takeBack)
  vi.stubGlobal('requestAnimationFrame', (run: () => void) => at((Math.floor(now / 16) + 1) * 16, run))
  vi.stubGlobal('cancelAnimationFrame', takeBack)
  vi.stubGlobal('MessageChannel', Channel)
})

afterEach(() => {
  vi.unstubAllGlobals()
})

/** How often work that costs so many ms and always asks for the next frame runs in a second. */
async function runsInASecond(cost: number): Promise<number> {
  const schedule = createPacedFrames()
  let runs = 0
  function work() {
    runs += 1
    now += cost
    schedule(work)
  }
  schedule(work)
  await runUntil(1000)
  return runs
}

it('runs in every frame while that is cheap', async () => {
  expect(await runsInASecond(3)).toBe(62)
})

it('leaves two thirds of the time to everything else when it is not', async () => {
  const runs = await runsInASecond(40)
  expect(runs).toBeGreaterThanOrEqual(7)
  expect(runs * 40).toBeLessThanOrEqual(1000 / 3)
})

it('rests for at most a quarter of a second', async () => {
  expect(await runsInASecond(400)).toBe(2)
})

it('does not run what was taken back', async () => {
  const schedule = createPacedFrames()
  const work = vi.fn()
  schedule(work)()
  await runUntil(1000)
  expect(work).not.toHaveBeenCalled()
})

it('goes on in a hidden tab, which has no frames', async () => {
  vi.stubGlobal('document', { visibilityState: 'hidden' })
  const work = vi.fn()
  createPacedFrames()(work)
  await runUntil(300)
  expect(work).toHaveBeenCalledTimes(1)
})
