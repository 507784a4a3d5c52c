import { expect, it } from 'vitest'
import { createSelection } from './selection.ts'

const order = ['a', 'b', 'c', 'd', 'e']

it('chooses one by one, and a range from the last one on, in either direction', () => {
  const selection = createSelection()
  const chosen = () => [...(selection.ids.get() ?? [])].sort().join('')
  selection.begin('c')
  selection.extend('e', order)
  expect(chosen()).toBe('cde')
  selection.extend('a', order)
  expect(chosen()).toBe('abcde')
  selection.toggle('b')
  expect(chosen()).toBe('acde')
  selection.drop('e')
  expect(chosen()).toBe('acd')
  selection.end()
  expect(selection.ids.get()).toBeNull()
})

it('begins a range with the row itself where none was chosen, or the last one is gone', () => {
  const selection = createSelection()
  selection.begin()
  selection.extend('b', order)
  expect([...(selection.ids.get() ?? [])]).toEqual(['b'])
  selection.toggle('x')
  selection.extend('d', order)
  expect([...(selection.ids.get() ?? [])]).toEqual(['b', 'x', 'd'])
})
