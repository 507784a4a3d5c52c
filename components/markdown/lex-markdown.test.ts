import { describe, expect, it } from 'vitest'
import { lexContinued, lexMarkdown } from './lex-markdown.ts'

const rich = `# Title with \`code\`

A paragraph with **bold**, _italic_, ~~gone~~ and [a link](https://example.org).
Second line of [name], \\(x^2\\) and $y_1$, which costs $5 and $10.

- one
- two

  still two
  1. nested
  2. again

- three

> quoted
> - list

| a | b |
| --- | :-: |
| 1 | 2 |

\`\`\`ts
const a = 1

const b = '**'
\`\`\`

    indented

    code

$$
\\int_0^1 x\\,dx
$$

Setext
---

\\[
a + b
\\]

<div>raw <b>html</b></div>

[name]: https://example.org/name
See [name].

* * *
- [ ] open
- [x] done
end`

function types(text: string): string[] {
  return lexMarkdown(text)
    .blocks.filter(({ type }) => type !== 'space')
    .map(({ type }) => type)
}

describe('lexMarkdown', () => {
  it('reads raw HTML as text', () => {
    const text = '<div onclick="x()">\n<b>bold</b> **strong**\n</div> <!-- c -->'
    expect(JSON.stringify(lexMarkdown(text).blocks)).not.toContain('"html"')
    expect(types(text)).toEqual(['paragraph'])
  })

  it('reads formulas between dollars and between brackets, and leaves money alone', () => {
    expect(types('$$\nx\n$$\n\n\\[\ny\n\\]')).toEqual(['math', 'math'])
    const inline = lexMarkdown('a $x$ b \\(y\\) c $$z$$ costs $5 and $10 or US$20').blocks[0]
    const formulas = inline?.type === 'paragraph' ? inline.tokens?.filter(({ type }) => type === 'math') : []
    expect(formulas).toMatchObject([{ tex: 'x', display: false }, { tex: 'y', display: false }, { tex: 'z' }])
  })

  it('resolves links by name', () => {
    expect(JSON.stringify(lexMarkdown('[a]\n\n[a]: https://example.org').blocks)).toContain(
      '"href":"https://example.org"',
    )
  })

  it('survives nesting that is deeper than the stack', () => {
    const text = '>'.repeat(60_000)
    expect(
      lexMarkdown(text)
        .blocks.map(({ raw }) => raw)
        .join(''),
    ).toBe(text)
  })

  it('keeps the whole text in its blocks', () => {
    expect(
      lexMarkdown(rich)
        .blocks.map(({ raw }) => raw)
        .join(''),
    ).toBe(rich)
  })
})

describe('lexContinued', () => {
  it.each([1, 2, 3, 7, 40])('reads the same as a whole, %i characters at a time', (step) => {
    let lexed = lexMarkdown('')
    for (let end = step; end < rich.length + step; end += step) {
      const text = rich.slice(0, end)
      lexed = lexContinued(lexed, text)
      expect(lexed.blocks, text.slice(-30)).toEqual(lexMarkdown(text).blocks)
    }
  })

  it('keeps the blocks before the last', () => {
    const before = lexMarkdown('one\n\ntwo\n\nthr')
    const after = lexContinued(before, 'one\n\ntwo\n\nthree\n\nfour')
    expect(after.blocks[0]).toBe(before.blocks[0])
    expect(after.blocks[2]).toBe(before.blocks[2])
    expect(after.blocks[4]).not.toBe(before.blocks[4])
  })

  it('reads a text that does not continue the one before', () => {
    expect(lexContinued(lexMarkdown('# a'), 'b').blocks).toEqual(lexMarkdown('b').blocks)
  })
})
