import { expect, it } from 'vitest'
import { placesOf } from './found-words.ts'

it('finds words where they stand, the longest of those that begin at one place', () => {
  expect(placesOf('a star, starlings and a star', ['star', 'starlings'])).toEqual([
    [2, 6],
    [8, 17],
    [24, 28],
  ])
})

it('finds nothing where there is nothing', () => {
  expect(placesOf('a star', ['moon', ''])).toEqual([])
  expect(placesOf('', ['star'])).toEqual([])
})
