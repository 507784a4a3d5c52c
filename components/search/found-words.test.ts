import { expect, it } from 'vitest'
import { placesOf } from './found-words.ts'

it('finds words where they stand, the longest of those that begin at one place', () => {
  expect(placesOf('a star, starlings and a star', ['star', 'starlings'], 9)).toEqual([
    [2, 6],
    [8, 17],
    [24, 28],
  ])
})

it('finds nothing where there is nothing', () => {
  expect(placesOf('a star', ['moon', ''], 9)).toEqual([])
  expect(placesOf('', ['star'], 9)).toEqual([])
})

it('takes a word as it is written, and no more of them than are asked for', () => {
  expect(placesOf('a+b? (c) a+b?', ['a+b?', '(c)'], 9)).toEqual([
    [0, 4],
    [5, 8],
    [9, 13],
  ])
  expect(placesOf('aab', ['a+b?'], 9)).toEqual([])
  expect(placesOf('a a a', ['a'], 2)).toEqual([
    [0, 1],
    [2, 3],
  ])
})
