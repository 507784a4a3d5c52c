import { describe, expect, it } from 'vitest'
import { accountChangeSchema } from './account-change.ts'
import { MAX_INSTRUCTION_LENGTH } from './limits.ts'

describe('accountChangeSchema', () => {
  it('keeps what is given, as it will be stored, and nothing else', () => {
    const change = {
      name: '  Ada \n L. ',
      aboutYou: ' one\r\ntwo\0 \ud800',
      preferences: { enterSends: false },
    }
    expect(accountChangeSchema.parse(change)).toEqual({
      name: 'Ada L.',
      aboutYou: 'one\ntwo',
      preferences: { enterSends: false },
    })
  })

  it('measures an instruction after trimming', () => {
    const longest = 'x'.repeat(MAX_INSTRUCTION_LENGTH)
    expect(accountChangeSchema.parse({ howToAnswer: ` ${longest} ` })).toEqual({ howToAnswer: longest })
    expect(accountChangeSchema.safeParse({ howToAnswer: `${longest}x` }).success).toBe(false)
  })

  it.each([
    [{}],
    [{ name: ' ' }],
    [{ name: 'x'.repeat(81) }],
    [{ email: 'other@example.org' }],
    [{ role: 'administrator' }],
    [{ preferences: { density: 'tiny' } }],
    [{ preferences: { theme: 'dark' } }],
    [{ preferences: null }],
    [null],
  ])('refuses %j', (change) => {
    expect(accountChangeSchema.safeParse(change).success).toBe(false)
  })
})
