import { expect, test } from 'vitest'
import { cutPassage } from './cut-passage.ts'
import { parseSearch } from './parse-search.ts'

const show = (text: string, query: string) => {
  const cut = cutPassage(text, parseSearch(query))
  return cut?.text.map((piece) => (piece.isMatch ? `[${piece.text}]` : piece.text)).join('')
}
const filler = 'Nothing of it here. '.repeat(30)

test('a short text is shown whole, without the marks of Markdown', () => {
  expect(show('# On **courage**\n\n- [fear](https://a.test)', 'courage fear')).toBe('On [courage] [fear]')
})

test('the place is shown where most of it stands together', () => {
  const shown = show(`courage ${filler}courage and fear ${filler}`, 'fear courage') ?? ''
  expect(shown).toMatch(/^….*\[courage\] and \[fear\].*…$/)
  expect(shown.length).toBeLessThan(280)
})

test('what the cut leaves of a mark is not shown', () => {
  const shown = show(`**${'budget '.repeat(30)}review** received ${filler}`, 'received') ?? ''
  expect(shown).toContain('budget review [received]')
  expect(show(`${filler}received **${'budget '.repeat(40)}review**`, 'received')).toContain(
    '[received] budget',
  )
  expect(show(`${filler}received 2**3 ${filler}`, 'received')).toContain('[received] 2**3')
  expect(show(`${filler}received src/**/x ${filler}`, 'received')).toContain('[received] src/**/x')
})

test('what stands in an address is shown with it', () => {
  expect(show('See [this](https://example.test/stoicism) page', 'stoicism')).toContain('[stoicism]')
})

test('no character is torn apart', () => {
  const shown = show(`${'😀'.repeat(200)}courage${'😀'.repeat(200)}`, 'courage') ?? ''
  expect(shown.isWellFormed()).toBe(true)
  expect(shown).toContain('[courage]')
})

test('a text without it has no passage', () => {
  expect(cutPassage('fear', parseSearch('courage'))).toBeNull()
})
