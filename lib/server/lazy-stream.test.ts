import { expect, test, vi } from 'vitest'
import { lazyStream } from './lazy-stream.ts'

test('nothing begins until somebody reads', async () => {
  const start = vi.fn(() => () => undefined)
  const stream = lazyStream(start)
  await Promise.resolve()
  expect(start).not.toHaveBeenCalled()
  await stream.cancel()
  expect(start).not.toHaveBeenCalled()
})

test('it begins once, whatever is read, and what it started ends with it', async () => {
  const stop = vi.fn()
  const start = vi.fn((controller: ReadableStreamDefaultController<Uint8Array>) => {
    controller.enqueue(new Uint8Array([1]))
    controller.enqueue(new Uint8Array([2]))
    return stop
  })
  const reader = lazyStream(start).getReader()
  expect((await reader.read()).value).toEqual(new Uint8Array([1]))
  expect((await reader.read()).value).toEqual(new Uint8Array([2]))
  void reader.read()
  await reader.cancel()

  expect(start).toHaveBeenCalledTimes(1)
  expect(stop).toHaveBeenCalledTimes(1)
})
