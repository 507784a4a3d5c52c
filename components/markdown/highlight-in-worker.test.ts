import { afterEach, beforeEach, expect, it, vi } from 'vitest'
import type { HighlightRequest } from './highlight-worker.ts'

/** Stands for the browser's: a test says what it does with a request. */
class FakeWorker extends EventTarget {
  static onRequest: (worker: FakeWorker, request: HighlightRequest) => void
  static started: FakeWorker[] = []
  isTerminated = false

  constructor() {
    super()
    FakeWorker.started.push(this)
  }

  postMessage(request: HighlightRequest): void {
    FakeWorker.onRequest(this, request)
  }

  reply(id: number): void {
    this.dispatchEvent(new MessageEvent('message', { data: { id, spans: [], took: 1 } }))
  }

  terminate(): void {
    this.isTerminated = true
  }
}

beforeEach(() => {
  vi.resetModules()
  vi.useFakeTimers()
  FakeWorker.started = []
  vi.stubGlobal('Worker', FakeWorker)
})
afterEach(() => {
  vi.useRealTimers()
  vi.unstubAllGlobals()
})

async function highlighter() {
  return (await import('./highlight-in-worker.ts')).highlightInWorker
}

it('answers each with its own, by one worker', async () => {
  const highlight = await highlighter()
  const asked: HighlightRequest[] = []
  FakeWorker.onRequest = (_worker, request) => void asked.push(request)
  const answers = [highlight('a', 'ts'), highlight('b', 'ts')]
  for (const { id } of asked.toReversed()) FakeWorker.started[0]?.reply(id)
  expect(await Promise.all(answers)).toMatchObject([{ spans: [] }, { spans: [] }])
  expect(FakeWorker.started).toHaveLength(1)
  // What was answered in time is no reason to give the worker up later.
  await vi.runAllTimersAsync()
  expect(FakeWorker.started[0]?.isTerminated).toBe(false)
})

it('tells all that wait when the worker fails, and starts another one for the next', async () => {
  const highlight = await highlighter()
  FakeWorker.onRequest = () => undefined
  const answers = [highlight('a', 'ts'), highlight('b', 'ts')]
  FakeWorker.started[0]?.dispatchEvent(new Event('error'))
  expect(await Promise.all(answers)).toEqual([null, null])
  FakeWorker.onRequest = (worker, { id }) => worker.reply(id)
  expect(await highlight('c', 'ts')).toMatchObject({ took: 1 })
  expect(FakeWorker.started.map(({ isTerminated }) => isTerminated)).toEqual([true, false])
})

it('gives a worker up that does not come to an end', async () => {
  const highlight = await highlighter()
  FakeWorker.onRequest = () => undefined
  const answer = highlight('a', 'ts')
  await vi.advanceTimersByTimeAsync(10_000)
  expect(await answer).toBeNull()
  expect(FakeWorker.started[0]?.isTerminated).toBe(true)
})

it('leaves code plain where no worker may start', async () => {
  const highlight = await highlighter()
  vi.stubGlobal(
    'Worker',
    class {
      constructor() {
        throw new Error('Refused by the policy of the page.')
      }
    },
  )
  expect(await highlight('a', 'ts')).toBeNull()
})
