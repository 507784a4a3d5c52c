import { expect, it } from 'vitest'
import { describeEnd } from './describe-end.ts'

it.each([
  ['complete', 'Stoic has answered.'],
  ['truncated', 'Stoic was cut off.'],
  ['stopped', 'Stoic was stopped.'],
  ['failed', 'Stoic could not answer.'],
] as const)('%s is “%s”', (status, words) => {
  expect(describeEnd('Stoic', { status })).toBe(words)
})
