import { describe, expect, it } from 'vitest'
import { checkPasswordStrength } from './check-password-strength.ts'

const personal = ['ada@example.com', 'ada', 'Ada Lovelace']

describe('checkPasswordStrength', () => {
  it.each([
    ...['correct horse battery staple', 'stoa-test-123', 'kitchen22', 'e2e-password', 'adalovelace-1815'],
    ...['пароль для стои', 'パスワードです一二三', '🏛🏛🐢🐇🍇🦉🌊🔥', 'x7'.repeat(500), '        x'],
  ])('takes %j', async (password) => {
    expect(await checkPasswordStrength(password, personal)).toBeNull()
  })

  it.each([
    ...['password', 'password1', 'Password1', 'p@ssw0rd', '12345678', '87654321', '00000000', 'qwertyuiop'],
    ...['iloveyou', 'abcdefgh', '123123123', '1q2w3e4r', 'sunshine', 'ada@example.com', 'Ada Lovelace'],
  ])('refuses %j as one of the first to be tried', async (password) => {
    expect(await checkPasswordStrength(password, personal)).toContain('anyone would guess')
  })

  it('counts characters as people do', async () => {
    expect(await checkPasswordStrength('🏛🐢🐇🍇', personal)).toBe('Use at least 8 characters.')
    expect(await checkPasswordStrength('zqj-vkw', personal)).toBe('Use at least 8 characters.')
    expect(await checkPasswordStrength('x7'.repeat(512), personal)).toBeNull()
    expect(await checkPasswordStrength(`${'x7'.repeat(512)}x`, personal)).toBe('Use at most 1024 characters.')
  })
})
