import { expect, test } from 'vitest'
import { oneAtATime } from './one-at-a-time.ts'

test('who asks while it runs gets what runs; after its end, also by a failure, it runs anew', async () => {
  const runs: PromiseWithResolvers<number>[] = []
  const read = oneAtATime(() => {
    const run = Promise.withResolvers<number>()
    runs.push(run)
    return run.promise
  })
  const both = Promise.all([read(), read()])
  runs[0]?.resolve(1)
  expect(await both).toEqual([1, 1])

  const failing = read()
  runs[1]?.reject(new Error('gone'))
  await expect(failing).rejects.toThrow('gone')
  const last = read()
  runs[2]?.resolve(3)
  expect(await last).toBe(3)
  expect(runs).toHaveLength(3)
})
