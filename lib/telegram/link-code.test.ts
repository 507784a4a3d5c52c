import { expect, it } from 'vitest'
import { hashLinkCode, looksLikeCode, makeLinkCode } from './link-code.ts'

it('makes a code that is found by its hash, however it is typed', () => {
  const { code, hash } = makeLinkCode()
  expect(code).toMatch(/^[A-Z2-9]{4}-[A-Z2-9]{4}-[A-Z2-9]{4}$/)
  for (const typed of [code, code.toLowerCase(), code.replaceAll('-', '')]) {
    expect(hashLinkCode(typed)).toBe(hash)
    expect(looksLikeCode(typed)).toBe(true)
  }
  expect(makeLinkCode().code).not.toBe(code)
  expect(looksLikeCode('Good morning')).toBe(false)
})
