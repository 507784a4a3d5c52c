import { afterEach, beforeEach, expect, test, vi } from 'vitest'
import { TURNS_AT_ONCE, withTurnSlot } from './turn-slots.ts'

beforeEach(() => void vi.useFakeTimers())
afterEach(() => void vi.useRealTimers())

/** Turns that are being begun until they are let go; how many have been let in. */
function crowd(size: number) {
  let begun = 0
  const gates = Array.from({ length: size }, () => Promise.withResolvers<void>())
  const results = gates.map((gate) =>
    withTurnSlot(async () => {
      begun += 1
      await gate.promise
      return 'begun'
    }).catch((error: unknown) => error),
  )
  return { gates, results, begun: () => begun }
}

test('a few begin at once, the others in turn', async () => {
  const { gates, results, begun } = crowd(20)
  await vi.advanceTimersByTimeAsync(0)
  expect(begun()).toBe(TURNS_AT_ONCE)
  gates[0]?.resolve()
  await vi.advanceTimersByTimeAsync(0)
  expect(begun()).toBe(TURNS_AT_ONCE + 1)
  for (const gate of gates) gate.resolve()
  expect(new Set(await Promise.all(results))).toEqual(new Set(['begun']))
})

test('who has waited too long is told, and does not begin later', async () => {
  const { gates, results, begun } = crowd(10)
  await vi.advanceTimersByTimeAsync(1_500)
  for (const gate of gates) gate.resolve()
  const ends = await Promise.all(results)
  expect(ends.filter((end) => end === 'begun')).toHaveLength(TURNS_AT_ONCE)
  expect(ends.at(-1)).toMatchObject({ code: 'too_busy', status: 503, retryAfterSeconds: 2 })
  await vi.advanceTimersByTimeAsync(5_000)
  expect(begun()).toBe(TURNS_AT_ONCE)
})

test('one that fails makes room, too', async () => {
  const failing = Array.from({ length: TURNS_AT_ONCE }, () =>
    withTurnSlot(async () => {
      throw new Error('no')
    }),
  )
  for (const each of failing) await expect(each).rejects.toThrow('no')
  await expect(withTurnSlot(async () => 'begun')).resolves.toBe('begun')
})
