import { expect, test } from 'vitest'
import { markText } from './mark-text.ts'
import { parseSearch } from './parse-search.ts'

const mark = (text: string, query: string, instead: Record<string, string[]> = {}) =>
  markText(
    text,
    parseSearch(query).map((term) => ({
      ...term,
      ...(instead[term.text] && { instead: instead[term.text] }),
    })),
  )
    .map((piece) => (piece.isMatch ? `[${piece.text}]` : piece.text))
    .join('')

test.each([
  ['Courage is courageous', 'courage', '[Courage] is [courage]ous'],
  ['An encouraging word', 'courage', 'An encouraging word'],
  ['snake_case and kebab-case', 'case', 'snake_[case] and kebab-[case]'],
  ['Épictète, ÉPICTÈTE', 'epictete', '[Épictète], [ÉPICTÈTE]'],
  ['E\u0301pictete', 'épic', '[E\u0301pic]tete'],
  ['İstanbul', 'istanbul', '[İstanbul]'],
  ['ＷＩＤＥ', 'wide', '[ＷＩＤＥ]'],
  ['the ﬁrst', 'first', 'the [ﬁrst]'],
  ['人工智能的智能', '智能', '人工[智能]的[智能]'],
  ['使用Python编程', 'python 编程', '使用[Python编程]'],
  ['ψυχής ΨΥΧΗΣ', 'ψυχησ', '[ψυχής] [ΨΥΧΗΣ]'],
  ['👍🏽 good 👍🏽', 'good', '👍🏽 [good] 👍🏽'],
  ['a+b (c)', '+ ( .*', 'a+b (c)'],
  ['', 'x', ''],
])('%s, looked for %s: %s', (text, query, marked) => {
  expect(mark(text, query)).toBe(marked)
})

test('the word that was meant is marked whole, and nothing longer', () => {
  expect(mark('python pythonic', 'pyhton', { pyhton: ['python'] })).toBe('[python] pythonic')
})

test('joined, the pieces are the text', () => {
  const text = 'Ünïcode ﬁ ＡＢＣ 人工 \ud83d\ude00 end'
  const pieces = markText(text, parseSearch('unicode fi abc 人 end'))
  expect(pieces.map((piece) => piece.text).join('')).toBe(text)
})
