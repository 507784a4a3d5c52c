import { readFile } from 'node:fs/promises'
import { expect, test } from 'vitest'
import { inTime } from './in-time.ts'

test('an answer that came while this process stood still came in time', async () => {
  const reading = inTime(readFile(import.meta.filename, 'utf8'))
  const end = performance.now() + 1_800
  while (performance.now() < end) {
    // The process stands still.
  }
  expect(await reading).toContain('stood still')
})

test('what does not answer is not waited for', async () => {
  const startedAt = performance.now()
  await expect(inTime(new Promise(() => undefined))).rejects.toMatchObject({ code: 'ETIMEDOUT' })
  expect(performance.now() - startedAt).toBeGreaterThan(1_400)
})
