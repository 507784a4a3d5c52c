import { expect, test } from 'vitest'
import { auditActionFrom } from './audit.ts'

test('only an action that there is filters', () => {
  expect(auditActionFrom('user.disabled')).toBe('user.disabled')
  for (const none of [undefined, '', 'user', 'toString', ['user.disabled']]) {
    expect(auditActionFrom(none)).toBeNull()
  }
})
