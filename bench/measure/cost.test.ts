import { expect, it } from 'vitest'
import { parseMachineTime } from './cost.ts'

it('takes idle and waiting for a disk as unused, and a guest for what it is counted under', () => {
  const stat = 'cpu  1000 0 200 700 100 0 0 0 500 0\ncpu0 500 0 100 350 50 0 0 0 250 0\nintr 5\n'
  expect(parseMachineTime(stat)).toEqual({ used: 12, all: 20 })
})
