import { expect, test } from 'vitest'
import { parseSearch } from './parse-search.ts'
import { searchTerms } from './search-terms.ts'

const terms = (query: string) => parseSearch(query).map(({ text }) => text)

test.each([
  ['  Courage,  FEAR! courage ', ['courage', 'fear']],
  ['it’s e-mail', ['it', 's', 'e', 'mail']],
  ['使用Python编程', ['使用', 'python', '编程']],
  ['ÉTÉ ﬁ', ['ete', 'fi']],
  ['? & | ! ( ) : * \' \\ "', []],
  ['x'.repeat(400), ['x'.repeat(32)]],
])('%s', (query, expected) => {
  expect(terms(query)).toEqual(expected)
})

test('no more is looked for than anybody types', () => {
  expect(terms(Array.from({ length: 50 }, (_, index) => `w${index}`).join(' '))).toHaveLength(12)
})

test.each([
  ['courage fe', true, `('mcourage') & ('mfe')`],
  ['courage fe', false, `('mcourage':*) & ('mfe':*)`],
  ['智', true, `'m智':*`],
  ['人工智能', false, `'m人工' & 'm工智' & 'm智能'`],
])('%s becomes a query (whole words: %s)', (query, isWhole, expected) => {
  expect(searchTerms(parseSearch(query), 'm', isWhole)).toBe(expected)
})
