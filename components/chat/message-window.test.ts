import { expect, it } from 'vitest'
import {
  heldStart,
  type MessageWindow,
  movedStart,
  startAround,
  type WindowStart,
  windowOf,
} from './message-window.ts'

const idsOf = (from: number, to: number) =>
  Array.from({ length: to - from + 1 }, (_, index) => `m${from + index}`)
const ids = idsOf(1, 200)

function drawnOf(start: WindowStart, all: readonly string[] = ids): [string | undefined, string | undefined] {
  const { first, end } = windowOf(all, start)
  return [all[first], all[end - 1]]
}

it('draws everything of a short conversation, and the end of a long one', () => {
  expect(windowOf([], 'end')).toEqual({ first: 0, end: 0 })
  expect(drawnOf('end', idsOf(1, 48))).toEqual(['m1', 'm48'])
  expect(drawnOf('end')).toEqual(['m153', 'm200'])
})

it('walks to the first message and back to the end, and misses none', () => {
  let window: MessageWindow = windowOf(ids, 'end')
  const starts: number[] = []
  for (
    let start = movedStart(ids, window, 'older');
    start !== null;
    start = movedStart(ids, window, 'older')
  ) {
    const moved = windowOf(ids, start)
    expect(moved.first).toBeGreaterThanOrEqual(window.first - 30)
    expect(moved.end, 'what is looked at stays').toBeGreaterThan(window.first)
    window = moved
    starts.push(window.first)
  }
  expect(starts).toEqual([136, 120, 104, 88, 72, 56, 40, 24, 8, 0])
  let start: WindowStart | null = { after: null }
  while (start !== null && start !== 'end') {
    start = movedStart(ids, windowOf(ids, start), 'newer')
  }
  expect(start).toBe('end')
  expect(movedStart(ids, windowOf(ids, 'end'), 'newer')).toBeNull()
})

it('stays where it is while messages come before it and after it', () => {
  const start = heldStart(ids, windowOf(ids, { after: 'm90' }))
  expect(drawnOf(start)).toEqual(['m91', 'm138'])
  expect(drawnOf(start, idsOf(-30, 260))).toEqual(['m91', 'm138'])
})

it('goes to the end when what it stood after is on another branch, and never draws less than there is room for', () => {
  expect(drawnOf({ after: 'gone' })).toEqual(['m153', 'm200'])
  expect(drawnOf({ after: 'm195' })).toEqual(['m153', 'm200'])
  expect(drawnOf({ after: 'm30' }, idsOf(1, 40))).toEqual(['m1', 'm40'])
})

it('draws a message that is asked for, unless it is drawn', () => {
  const window = windowOf(ids, 'end')
  expect(startAround(ids, window, 'm160')).toBeNull()
  expect(startAround(ids, window, 'unknown')).toBeNull()
  for (const id of ['m1', 'm20', 'm100', 'm140']) {
    const { first, end } = windowOf(ids, startAround(ids, window, id) ?? 'end')
    expect(ids.slice(first, end)).toContain(id)
  }
})
