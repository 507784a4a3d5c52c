import { styleText } from 'node:util'

type Style = Parameters<typeof styleText>[0]

/** Marks that open and close a run of styled text, longest first. */
const runs: [mark: string, style: Style][] = [
  ['**', 'bold'],
  ['__', 'bold'],
  ['~~', 'strikethrough'],
  ['`', 'cyan'],
  ['*', 'italic'],
]

/** What could drive a terminal, or turn what is read around: control characters, and those of direction. */
// biome-ignore lint/suspicious/noControlCharactersInRegex: these are what is taken out.
const CONTROLS = /[\u0000-\u0008\u000b-\u001f\u007f-\u009f\u200e\u200f\u202a-\u202e\u2066-\u2069]/g

/** Text of a model, a title or a server without anything that a terminal would obey. */
export function plainText(text: string): string {
  return text.replaceAll('\r\n', '\n').replaceAll(CONTROLS, '')
}

/** Markdown for a terminal, as it arrives: `push` gives what can be shown already, `end` the rest. */
export class MarkdownRenderer {
  readonly #isStyled: boolean
  /** Of the current line, what is not shown yet. */
  #pending = ''
  /** Whether anything of the current line is shown. */
  #isInLine = false
  #isInCode = false
  #isHeading = false

  /** @param isStyled false: the text as it is, for what is not a terminal */
  constructor(isStyled: boolean) {
    this.#isStyled = isStyled
  }

  push(delta: string): string {
    const text = plainText(delta)
    if (!this.#isStyled) return text
    this.#pending += text
    const lines = this.#pending.split('\n')
    this.#pending = lines.pop() ?? ''
    const shown = lines.map((line) => `${this.#finish(line)}\n`).join('')
    return shown + this.#begin()
  }

  end(): string {
    const rest = this.#pending
    this.#pending = ''
    return this.#isStyled && rest ? this.#finish(rest) : rest
  }

  /** The rest of a line that is whole. */
  #finish(line: string): string {
    const isBeginning = !this.#isInLine
    const isHeading = isBeginning ? /^#{1,6}\s/.test(line) : this.#isHeading
    this.#isInLine = false
    this.#isHeading = false
    if (isBeginning && /^\s*(```|~~~)/.test(line)) {
      this.#isInCode = !this.#isInCode
      return styleText('dim', line, always)
    }
    if (this.#isInCode) return styleText('cyan', line, always)
    return this.#line(line, isBeginning, isHeading)
  }

  /** What of the unfinished line can be shown: whole words in which no mark is open. Code and tables wait for their end. */
  #begin(): string {
    if (this.#isInCode) return ''
    if (!this.#isInLine && /^\s*($|[`~|#>]|[-*+]\s?$|\d+[.)]?\s?$)/.test(this.#pending)) return ''
    const end = this.#pending.lastIndexOf(' ') + 1
    const ready = this.#pending.slice(0, end)
    if (end === 0 || hasOpenMark(ready)) return ''
    this.#pending = this.#pending.slice(end)
    const isBeginning = !this.#isInLine
    this.#isInLine = true
    return this.#line(ready, isBeginning, false)
  }

  #line(line: string, isBeginning: boolean, isHeading: boolean): string {
    if (isHeading) return styleText('bold', line.replace(/^#{1,6}\s+/, ''), always)
    if (!isBeginning) return styleRuns(line)
    const quote = /^(\s*>\s?)+/.exec(line)?.[0]
    if (quote) return styleText('dim', `│ ${line.slice(quote.length)}`, always)
    const [, indent = '', rest] = /^(\s*)[-*+]\s+(.*)$/s.exec(line) ?? []
    return rest === undefined ? styleRuns(line) : `${indent}• ${styleRuns(rest)}`
  }
}

/** The stream is asked once, by whoever makes the renderer. */
const always = { validateStream: false } as const

function hasOpenMark(text: string): boolean {
  const opened = (text.match(/\[/g)?.length ?? 0) > (text.match(/\]/g)?.length ?? 0)
  return opened || runs.some(([mark]) => text.split(mark).length % 2 === 0) || /\]\([^)]*$/.test(text)
}

function styleRuns(text: string): string {
  const links = text.replaceAll(/\[([^\]]+)\]\((\S+?)\)/g, '$1 ($2)')
  return runs.reduce((styled, [mark, style]) => {
    const parts = styled.split(mark)
    // An odd mark stands for itself.
    if (parts.length % 2 === 0) return styled
    return parts.map((part, index) => (index % 2 === 1 ? styleText(style, part, always) : part)).join('')
  }, links)
}
