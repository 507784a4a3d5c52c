import { describe, expect, it } from 'vitest'
import { parseEmail } from './parse-email.ts'

describe('parseEmail', () => {
  it.each([
    ['Ada@Example.COM', 'ada@example.com'],
    ['  ada@example.com\n', 'ada@example.com'],
    ['ada+stoa@example.com', 'ada+stoa@example.com'],
    ['admin@localhost', 'admin@localhost'],
    ['ａｄａ＠ｅｘａｍｐｌｅ．ｃｏｍ', 'ada@example.com'],
    ['Zoe\u0308@example.com', 'zo\u00eb@example.com'],
    ['用户@例子.公司', '用户@例子.公司'],
  ])('keeps %j as %j', (typed, kept) => {
    expect(parseEmail(typed)).toBe(kept)
  })

  it.each([
    '',
    'ada',
    'ada@',
    '@example.com',
    'ada@b@example.com',
    'ada lovelace@example.com',
    'ada@exam ple.com',
    'ada\0@example.com',
    '"ada"@example.com',
    'Ada <ada@example.com>',
    `${'a'.repeat(65)}@example.com`,
    `ada@${'a'.repeat(251)}`,
  ])('refuses %j', (typed) => {
    expect(parseEmail(typed)).toBeNull()
  })
})
