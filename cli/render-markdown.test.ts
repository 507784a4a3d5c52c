import { stripVTControlCharacters } from 'node:util'
import fc from 'fast-check'
import { expect, it } from 'vitest'
import { MarkdownRenderer } from './render-markdown.ts'

function render(text: string, size = 1): string {
  const renderer = new MarkdownRenderer(true)
  let shown = ''
  for (let at = 0; at < text.length; at += size) shown += renderer.push(text.slice(at, at + size))
  return shown + renderer.end()
}

it('styles what it shows, and takes the marks away', () => {
  expect(render('# Courage\n\nIt is **not** the *lack* of `fear`.')).toBe(
    '\u001b[1mCourage\u001b[22m\n\nIt is \u001b[1mnot\u001b[22m the \u001b[3mlack\u001b[23m of \u001b[36mfear\u001b[39m.',
  )
  expect(stripVTControlCharacters(render('- one\n- [two](https://x.test)\n> three'))).toBe(
    '• one\n• two (https://x.test)\n│ three',
  )
})

it('shows words as they come, and waits for marks to close', () => {
  const renderer = new MarkdownRenderer(true)
  expect(renderer.push('Some words and **one')).toBe('Some words and ')
  expect(renderer.push(' more')).toBe('')
  expect(stripVTControlCharacters(renderer.push('** then '))).toBe('one more then ')
})

it('leaves code as it is written', () => {
  const code = '```ts\nconst a = b ** c * d\n```'
  expect(stripVTControlCharacters(render(code))).toBe(code)
})

it('shows every word, whatever the pieces', () => {
  fc.assert(
    fc.property(
      fc.array(
        fc.stringMatching(
          /^[a-z*`_[\]()#>~| \n-]{1,12}$|^\n\| [a-z|]{1,9} \|\n\| -+ \|(\n\| [a-z|]{1,9}){1,3}$/,
        ),
      ),
      fc.integer({ min: 1, max: 9 }),
      (parts, size) => {
        const text = parts.join(' ')
        const words = (shown: string) =>
          stripVTControlCharacters(shown)
            .match(/[a-z]+/g)
            ?.join('') ?? ''
        expect(words(render(text, size))).toBe(words(text))
      },
    ),
  )
})

it.each([
  ['2 * 3 * 4 and a_b_c, 5 ** 2 ** 1', '2 * 3 * 4 and a_b_c, 5 ** 2 ** 1'],
  ['run `a ** b ** c` now', 'run a ** b ** c now'],
  [
    'see https://x.test/a_b_c, [one](https://y.test "Two")',
    'see https://x.test/a_b_c, one (https://y.test "Two")',
  ],
  ['a \\* b <i>c</i>', 'a * b <i>c</i>'],
  ['## The `map` of **all**', 'The map of all'],
  ['漢字 **強調** and 🏛️', '漢字 強調 and 🏛️'],
])('takes for marks only what is one: %s', (text, shown) => {
  for (const size of [1, 7, 100]) expect(stripVTControlCharacters(render(text, size))).toBe(shown)
})

it('ends code where it ends', () => {
  const code = '````md\n```ts\n**a**\n```\n````'
  expect(stripVTControlCharacters(render(`${code}\n**b**`))).toBe(`${code}\nb`)
})

it('lets nothing through that drives a terminal', () => {
  expect(new MarkdownRenderer(false).push('\u001b]0;title\u0007**x**')).toBe(']0;title**x**')
  expect(render('\u001b[2J**a\u009b31m**')).toBe('[2J\u001b[1ma31m\u001b[22m')
})

it('sets the columns of a table under each other, once it is whole', () => {
  const table = '| Part | Here |\n| --- | ---: |\n| **Page** | 1 |\n| 漢字 | 200 |\n'
  const shown = ['Part  Here', '────  ────', 'Page     1', '漢字   200']
  for (const size of [1, 7, 100]) {
    expect(stripVTControlCharacters(render(`${table}\nThen.`, size)).split('\n')).toEqual([
      ...shown,
      '',
      'Then.',
    ])
    expect(stripVTControlCharacters(render(table.trim(), size)).split('\n')).toEqual(shown)
    expect(stripVTControlCharacters(render(table, size)).split('\n')).toEqual(shown)
  }
  const renderer = new MarkdownRenderer(true)
  expect(renderer.push('| a | b |\n| - | - |\n| c')).toBe('')
  expect(stripVTControlCharacters(renderer.push(' | d |\n\n'))).toBe('a  b\n─  ─\nc  d\n\n')
})

it('leaves a table that is none, or is wider than the terminal, as it is written', () => {
  const bars = '| a | b\n| c | d'
  expect(stripVTControlCharacters(render(bars))).toBe(bars)
  const code = '```\n| a |\n| - |\n```'
  expect(stripVTControlCharacters(render(code))).toBe(code)
  const wide = `| ${'a'.repeat(30)} | b |\n| --- | --- |\n| c | d |`
  const renderer = new MarkdownRenderer(true, 20)
  expect(stripVTControlCharacters(renderer.push(wide) + renderer.end())).toBe(wide)
})
