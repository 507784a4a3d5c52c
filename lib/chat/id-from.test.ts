import { expect, test } from 'vitest'
import { idFrom } from './id-from.ts'

test('only an id is one', () => {
  const id = '01900000-0000-7000-8000-000000000000'
  expect(idFrom(id)).toBe(id)
  for (const none of [undefined, '', 'x', [id], `${id}'`]) expect(idFrom(none)).toBeNull()
})
