import { describe, expect, it } from 'vitest'
import { ALL_DRAWN, drawnRows, visibleRows } from './visible-rows.ts'

const viewport = { rowHeight: 36, height: 720 }

describe('which rows are drawn', () => {
  it('is all of a short list, wherever it is scrolled to', () => {
    expect(visibleRows({ ...viewport, count: ALL_DRAWN, scrolled: 99_999 })).toEqual([0, ALL_DRAWN])
  })

  it('is what is seen of a long one, and some beyond its edges', () => {
    expect(visibleRows({ ...viewport, count: 10_000, scrolled: 36 * 500 })).toEqual([490, 530])
    expect(visibleRows({ ...viewport, count: 10_000, scrolled: 36 * 505 })).toEqual([490, 540])
  })

  it('is nothing beyond its ends', () => {
    expect(visibleRows({ ...viewport, count: 1_000, scrolled: -720 })).toEqual([0, 10])
    expect(visibleRows({ ...viewport, count: 1_000, scrolled: -99_999 })).toEqual([0, 0])
    expect(visibleRows({ ...viewport, count: 1_000, scrolled: 36 * 2_000 })).toEqual([1_000, 1_000])
  })

  it('has always both ends, and what has the focus with its neighbours', () => {
    expect(drawnRows([3, 5], 10, null)).toEqual([0, 3, 4, 9])
    expect(drawnRows([3, 5], 10, 7)).toEqual([0, 3, 4, 6, 7, 8, 9])
    expect(drawnRows([0, 2], 2, 1)).toEqual([0, 1])
    expect(drawnRows([0, 0], 0, null)).toEqual([])
  })
})
