import { expect, it } from 'vitest'
import { isThisMachine } from './is-this-machine.ts'

it.each([
  ['http://localhost:3000', true],
  ['http://stoa.localhost', true],
  ['http://127.0.0.1:3000', true],
  ['http://[::1]:3000', true],
  ['https://chat.example.com', false],
  ['http://192.168.0.2:3000', false],
  ['https://127.0.0.1.example.com', false],
  ['https://localhost.example.com', false],
])('%s: %s', (url, isIt) => {
  expect(isThisMachine(new URL(url).hostname)).toBe(isIt)
})
