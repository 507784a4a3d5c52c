import { expect, it } from 'vitest'
import { parseOptions } from './options.ts'

it('measures everything but the profile by default', () => {
  expect(parseOptions([])).toEqual({
    parts: ['streams', 'statements', 'memory', 'context'],
    streams: [1, 10, 100, 300],
    repeats: 3,
    messages: 0,
    turns: 2000,
    quick: false,
    out: null,
  })
})

it('takes numbers of streams, and parts by name', () => {
  const options = parseOptions([
    '--streams',
    '1,10',
    '--part',
    'streams',
    '--part',
    'profile',
    '--messages=1000000',
  ])
  expect(options).toMatchObject({ streams: [1, 10], parts: ['streams', 'profile'], messages: 1_000_000 })
})

it('says what is wrong', () => {
  expect(() => parseOptions(['--streams', '1,ten'])).toThrow('--streams ten')
  expect(() => parseOptions(['--part', 'stream'])).toThrow('wants one of streams')
  expect(() => parseOptions(['--fast'])).toThrow('--fast')
})
