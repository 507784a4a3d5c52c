import { afterEach, beforeEach, expect, it, vi } from 'vitest'
import { createCodeHighlighter } from './code-highlighter.ts'
import { highlightInWorker } from './highlight-in-worker.ts'

// There is no worker outside of a browser; highlight-in-worker.test.ts has what becomes of one.
vi.mock(import('./highlight-in-worker.ts'), () => ({ highlightInWorker: vi.fn() }))
const highlight = vi.mocked(highlightInWorker)

beforeEach(() => void vi.useFakeTimers())
afterEach(() => {
  vi.useRealTimers()
  highlight.mockReset()
})

function nearCode() {
  const show = vi.fn()
  const highlighter = createCodeHighlighter(show)
  highlighter.setNear(true)
  return { show, highlighter }
}

it('tries again what could not be coloured, after a rest, when it comes near again', async () => {
  const { show, highlighter } = nearCode()
  highlight.mockResolvedValueOnce(null).mockResolvedValue({ spans: [], took: 0 })
  highlighter.update('a', 'ts')
  await vi.advanceTimersByTimeAsync(0)
  highlighter.setNear(true)
  await vi.advanceTimersByTimeAsync(4_000)
  expect(highlight).toHaveBeenCalledTimes(1)
  await vi.advanceTimersByTimeAsync(2_000)
  expect(show).toHaveBeenCalledExactlyOnceWith({ code: 'a', spans: [] })
})

it('rests between colourings of a code that grows, and colours what it has become', async () => {
  const { show, highlighter } = nearCode()
  highlight.mockResolvedValue({ spans: [], took: 100 })
  highlighter.update('a', 'ts')
  await vi.advanceTimersByTimeAsync(0)
  for (const code of ['ab', 'abc']) highlighter.update(code, 'ts')
  await vi.advanceTimersByTimeAsync(1_100)
  expect(show).toHaveBeenCalledTimes(1)
  await vi.advanceTimersByTimeAsync(200)
  expect(show).toHaveBeenLastCalledWith({ code: 'abc', spans: [] })
})

it('shows nothing once it is gone', async () => {
  const { show, highlighter } = nearCode()
  highlight.mockResolvedValue({ spans: [], took: 0 })
  highlighter.update('a', 'ts')
  vi.advanceTimersByTime(0)
  highlighter.dispose()
  await vi.runAllTimersAsync()
  expect(show).not.toHaveBeenCalled()
})
