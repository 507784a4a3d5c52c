import { expect, it } from 'vitest'
import { bearerToken } from './bearer-token.ts'

it.each([
  ['Bearer stoa_x', 'stoa_x'],
  ['bearer  stoa_x ', 'stoa_x'],
  ['Bearer', null],
  ['Basic dXNlcjpwYXNz', null],
  ['Bearer two words', null],
  [undefined, null],
])('of %j it is %j', (authorization, token) => {
  expect(bearerToken(new Headers(authorization === undefined ? {} : { authorization }))).toBe(token)
})
