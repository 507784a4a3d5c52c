import { countTokens as countExactly } from 'gpt-tokenizer/encoding/o200k_base'
import { describe, expect, it } from 'vitest'
import { countTokens } from './count-tokens.ts'

describe('countTokens', () => {
  it('counts as the encoding does', () => {
    expect(countTokens('')).toBe(0)
    expect(countTokens('hello world')).toBe(2)
    const prose = 'Was weißt du, und was nimmst du nur an? 你知道什么？ `const x = 1`\n\n'.repeat(50)
    expect(countTokens(prose)).toBe(countExactly(prose))
  })

  it('takes the text of a special token for text', () => {
    expect(countTokens('<|endoftext|>')).toBe(7)
    expect(countTokens('<|im_start|>system<|im_sep|>')).toBeGreaterThan(5)
  })

  it('counts NUL and lone surrogates without throwing', () => {
    expect(countTokens('a\u0000b\ud800c')).toBeGreaterThan(2)
  })

  it.each([
    ['letters', 'a'.repeat(5000)],
    ['Thai', 'ภาษาไทยเป็นภาษาที่มีระดับเสียงของคำแน่นอน'.repeat(100)],
    ['blanks', ' '.repeat(5000)],
    ['dashes', '-'.repeat(5000)],
    ['slashes and line breaks', '/\n'.repeat(2000)],
    ['emoji', '👩‍👩‍👧‍👦'.repeat(200)],
  ])('stays within the stated margin for long runs: %s', (_name, text) => {
    const margin = 2 * Math.ceil(text.length / 128)
    expect(
      Math.abs(countTokens(text) - countExactly(text, { disallowedSpecial: new Set() })),
    ).toBeLessThanOrEqual(margin)
  })

  // In one piece each of these takes the tokeniser 15 to 160 s.
  it.each([
    ['letters', 'a'.repeat(200_000)],
    ['mixed letters', mixedText(200_000, 0x61, 26)],
    ['Chinese', mixedText(200_000, 0x4e00, 20_000)],
    ['emoji', '😀'.repeat(100_000)],
    ['blanks', ' '.repeat(200_000)],
    ['line breaks', '\n'.repeat(200_000)],
    ['marks', '=-'.repeat(100_000)],
    ['slashes and line breaks', `!${'/\n'.repeat(100_000)}`],
    ['combining marks', '!\u0301'.repeat(100_000)],
    ['lone surrogates', '\ud800'.repeat(200_000)],
  ])(
    'takes no seconds for a pathological text: %s',
    (_name, text) => {
      // Of this thread, not of the clock: others may have the machine meanwhile.
      const start = process.threadCpuUsage()
      expect(countTokens(text)).toBeGreaterThan(0)
      const { user, system } = process.threadCpuUsage(start)
      expect((user + system) / 1000).toBeLessThan(4000)
    },
    60_000,
  )
})

/** Text that looks random and is the same each time. */
function mixedText(length: number, firstCharacter: number, kinds: number): string {
  let state = 1
  return Array.from({ length }, () => {
    state = (state * 1_103_515_245 + 12_345) % 2 ** 31
    return String.fromCharCode(firstCharacter + (state % kinds))
  }).join('')
}
