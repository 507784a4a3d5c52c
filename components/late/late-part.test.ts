import { afterEach, expect, it, vi } from 'vitest'
import { createLatePart, lateFault } from './late-part.ts'

afterEach(() => lateFault.set(null))

const notThere = () => Object.assign(new Error('Failed to load chunk'), { name: 'ChunkLoadError' })

it('is loaded once, however often it is wanted', async () => {
  const read = vi.fn(async () => 'palette')
  const part = createLatePart(read)
  expect(part.loaded.get()).toBeNull()
  expect(await part.load()).toBe('palette')
  expect(await part.load()).toBe('palette')
  expect(part.loaded.get()).toBe('palette')
  expect(read).toHaveBeenCalledTimes(1)
  expect(lateFault.get()).toBeNull()
})

it('says each time that it cannot be had, and is asked for again', async () => {
  const read = vi
    .fn<() => Promise<string>>()
    .mockRejectedValueOnce(notThere())
    .mockRejectedValueOnce(notThere())
  const part = createLatePart(read)
  expect(await part.load()).toBeNull()
  const first = lateFault.get()
  expect(first?.text).toContain('could not be loaded')
  expect(await part.load()).toBeNull()
  expect(lateFault.get()?.id).not.toBe(first?.id)
  read.mockResolvedValue('palette')
  expect(await part.load()).toBe('palette')
  expect(lateFault.get()).toBeNull()
})
