import { expect, test } from 'vitest'
import { nearWords } from './near-words.ts'

test.each([
  ['pyhton', 'python'],
  ['recieve', 'receive'],
  ['kubernets', 'kubernetes'],
  ['ubernetes', 'kubernetes'],
  ['filosophy', 'philosophy'],
  ['kubernt', 'kubernetes'],
  ['мажет', 'может'],
])('%s may be meant as %s', (asked, meant) => {
  expect(nearWords(asked, ['something', meant, 'else'])).toEqual([meant])
})

test.each([
  ['cat', 'cut'],
  ['form', 'farms'],
  ['courage', 'language'],
  ['python', 'pythagoras'],
])('%s is not meant as %s', (asked, word) => {
  expect(nearWords(asked, [word])).toEqual([])
})

test('the nearest come first, and few', () => {
  const far = Array.from({ length: 9 }, (_, index) => `langu${index}`)
  expect(nearWords('langauge', [...far, 'language', 'languages']).slice(0, 2)).toEqual([
    'language',
    'languages',
  ])
  expect(nearWords('langua', far)).toHaveLength(6)
})
