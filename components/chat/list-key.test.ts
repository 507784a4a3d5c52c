import { expect, it } from 'vitest'
import { listKey } from './list-key.ts'

const list = { index: 0, count: 3, typed: '/he', completed: '/help' }

it.each([
  ['ArrowDown', { move: 1 }],
  ['ArrowUp', { move: 2 }],
  ['Tab', 'complete'],
  ['Enter', 'choose'],
  ['Escape', 'close'],
  ['a', null],
] as const)('%s is %j', (key, meaning) => {
  expect(listKey(key, list)).toEqual(meaning)
})

it('holds nobody in the field: Tab goes on once there is nothing more to complete', () => {
  expect(listKey('Tab', { ...list, typed: '/help' })).toBeNull()
})
