import fc from 'fast-check'
import { expect, test } from 'vitest'
import { countTokens } from './count-tokens.ts'
import { cutText } from './cut-text.ts'
import { cutMark, renderCut } from './render-context.ts'

const texts = fc
  .array(
    fc.constantFrom('word ', '👩‍🚀', '🇬🇧', '汉字', 'é', '\n\n', '{"a":1}', '<|endoftext|>', 'aaaaaaaa'),
    {
      minLength: 20,
      maxLength: 400,
    },
  )
  .map((parts) => parts.join(''))

test('a text that fits is sent as it is', () => {
  expect(cutText('Know thyself.', 3, 3)).toEqual({ text: 'Know thyself.', tokens: 3, ends: undefined })
})

test('whatever it is made of, a cut text fits, says how much is missing, and has no half character', () => {
  fc.assert(
    fc.property(texts, fc.integer({ min: 30, max: 200 }), (text, limit) => {
      const tokens = countTokens(text)
      const cut = cutText(text, tokens, limit)
      expect(cut.text).toBe(renderCut(text, cut.ends))
      expect(cut.tokens).toBe(countTokens(cut.text))
      expect(cut.tokens).toBeLessThanOrEqual(limit)
      expect(cut.text.isWellFormed()).toBe(true)
      if (tokens <= limit) return
      const [head, tail] = cut.ends ?? [0, 0]
      expect(cut.text).toContain(cutMark(text.length - head - tail))
      expect(head + tail).toBeLessThan(text.length)
    }),
    { numRuns: 300 },
  )
})

test('it is cut no shorter than it has to be, by much', () => {
  const text = 'The obstacle is the way. '.repeat(2_000)
  expect(cutText(text, countTokens(text), 1_000).tokens).toBeGreaterThan(900)
})
