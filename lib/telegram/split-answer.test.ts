import fc from 'fast-check'
import { expect, it } from 'vitest'
import { faultOfHtml, shownText } from '../../e2e/telegram/check-html.ts'
import { splitAnswer } from './split-answer.ts'

const html = (markdown: string) => splitAnswer(markdown).map((part) => part.html)

it('writes Markdown in the HTML that Telegram knows', () => {
  expect(
    html('# On *time*\n\nA **bold** word, `a < b`, ~~gone~~ & [a link](https://example.org/?a=1&b=2).'),
  ).toEqual([
    '<b>On <i>time</i></b>\n\nA <b>bold</b> word, <code>a &lt; b</code>, <s>gone</s> &amp; <a href="https://example.org/?a=1&amp;b=2">a link</a>.',
  ])
  expect(html('```ts\nlet a = 1 < 2\n```')).toEqual([
    '<pre><code class="language-ts">let a = 1 &lt; 2</code></pre>',
  ])
  expect(html('1. one\n2. two\n   - within\n- [x] done')).toEqual(['1. one\n2. two\n    • within\n\n☑ done'])
  expect(html('> a\n>\n> > b')).toEqual(['<blockquote>a\n\nb</blockquote>'])
  expect(html('| a | bb |\n|---|---|\n| **ccc** | d |')).toEqual(['<pre>a   | bb\n----+---\nccc | d</pre>'])
})

it('writes what Telegram has no form for as text, and no link that could run something', () => {
  expect(html('<script>alert(1)</script>')).toEqual(['&lt;script&gt;alert(1)&lt;/script&gt;'])
  expect(html('[click](javascript:alert(1)) ![cat](https://example.org/cat.png)')).toEqual([
    'click <a href="https://example.org/cat.png">cat</a>',
  ])
  expect(splitAnswer('')).toEqual([])
})

it('parts a long answer between paragraphs, and only its last message changes as it grows', () => {
  const paragraph = (n: number) => `${n}: ${'word '.repeat(200).trim()}.`
  const text = Array.from({ length: 12 }, (_, n) => paragraph(n)).join('\n\n')
  const parts = splitAnswer(text)
  expect(parts.map(({ plain }) => plain.split('\n\n').length)).toEqual([3, 3, 3, 3])
  expect(parts.map(({ plain }) => plain).join('\n\n')).toBe(text)
  for (let length = 0; length < text.length; length += 400) {
    const before = splitAnswer(text.slice(0, length)).slice(0, -1)
    expect(parts.slice(0, before.length)).toEqual(before)
  }
})

it('parts a paragraph that is too long at its words, and code at its lines', () => {
  const words = splitAnswer('Some words of a sentence. '.repeat(400).trim())
  expect(words.length).toBeGreaterThan(2)
  for (const { plain } of words) expect(plain).toMatch(/^Some .*sentence\.$/)
  const code = splitAnswer(`\`\`\`js\n${'a < b && c > d\n'.repeat(500)}\`\`\``)
  for (const part of code) {
    expect(part.html).toMatch(/^<pre><code class="language-js">a &lt; b .*&gt; d<\/code><\/pre>$/s)
  }
  expect(code.map((part) => shownText(part.html)).join('\n')).toBe('a < b && c > d\n'.repeat(500).trim())
})

it('makes of any text only what Telegram takes, and loses no letter of plain text', () => {
  const piece = fc.constantFrom(
    '*',
    '**',
    '_',
    '`',
    '```',
    '\n',
    '\n\n',
    '> ',
    '- ',
    '# ',
    '<b>',
    '&',
    '[a](b)',
    '| a |',
    'word ',
    '🦉',
  )
  fc.assert(
    fc.property(fc.array(fc.oneof(piece, fc.string()), { maxLength: 60 }), fc.nat(40), (pieces, repeat) => {
      for (const part of splitAnswer(pieces.join('').repeat(repeat + 1))) {
        expect(faultOfHtml(part.html)).toBe(null)
        expect(Math.max(part.html.length, part.plain.length)).toBeLessThan(4096)
      }
    }),
    { numRuns: 200 },
  )
  const letters = (text: string) => text.replaceAll(/\s/g, '')
  fc.assert(
    fc.property(
      fc.array(fc.stringMatching(/^[a-zäöü🦉.]{1,400}$/u), { minLength: 1, maxLength: 80 }),
      (words) => {
        const shown = splitAnswer(words.join(' ')).map((part) => shownText(part.html))
        expect(letters(shown.join(''))).toBe(letters(words.join('')))
      },
    ),
    { numRuns: 50 },
  )
})
