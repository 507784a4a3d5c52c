import { styleText } from 'node:util'
import { plainText } from './plain-text.ts'
import { renderTable } from './render-table.ts'
import { always, styleInline } from './style-inline.ts'

/** Markdown for a terminal, as it arrives: `push` gives what can be shown already, `end` the rest. */
export class MarkdownRenderer {
  readonly #isStyled: boolean
  /** Of the current line, what is not shown yet. */
  #pending = ''
  /** Whether anything of the current line is shown. */
  #isInLine = false
  /** What opened the code that the line is in. */
  #fence: string | null = null
  /** The rows of a table that is not whole yet: how wide its columns are is known at its end. */
  #table: string[] = []
  readonly #columns: number

  /**
   * @param isStyled false: the text as it is, for what is not a terminal
   * @param columns of the terminal
   */
  constructor(isStyled: boolean, columns = 80) {
    this.#isStyled = isStyled
    this.#columns = columns
  }

  push(delta: string): string {
    const text = plainText(delta)
    if (!this.#isStyled) return text
    this.#pending += text
    const lines = this.#pending.split('\n')
    this.#pending = lines.pop() ?? ''
    const shown = lines.map((line) => this.#take(line)).join('')
    return shown + this.#begin()
  }

  end(): string {
    const rest = this.#pending
    this.#pending = ''
    if (!this.#isStyled) return rest
    if (this.#isRow(rest)) {
      this.#table.push(rest)
      return this.#endTable().slice(0, -1)
    }
    const table = rest ? this.#endTable() : this.#endTable().slice(0, -1)
    return table + (rest && this.#finish(rest))
  }

  #take(line: string): string {
    if (this.#isRow(line)) {
      this.#table.push(line)
      return ''
    }
    return `${this.#endTable()}${this.#finish(line)}\n`
  }

  #isRow(line: string): boolean {
    return this.#fence === null && !this.#isInLine && line.startsWith('|')
  }

  #endTable(): string {
    const rows = this.#table
    this.#table = []
    const shown = renderTable(rows, this.#columns, styleInline) ?? rows.map((row) => styleInline(row))
    return shown.map((row) => `${row}\n`).join('')
  }

  /** The rest of a line that is whole. */
  #finish(line: string): string {
    const isBeginning = !this.#isInLine
    this.#isInLine = false
    const fence = /^\s*(`{3,}|~{3,})/.exec(line)?.[1]
    if (this.#fence !== null) {
      const isEnd = fence?.startsWith(this.#fence) && line.trim() === fence
      if (isEnd) this.#fence = null
      return styleText(isEnd ? 'dim' : 'cyan', line, always)
    }
    if (isBeginning && fence) {
      this.#fence = fence
      return styleText('dim', line, always)
    }
    return styleLine(line, isBeginning)
  }

  /** What of the unfinished line can be shown: whole words in which no mark is open. Code, headings and tables wait for their end. */
  #begin(): string {
    // What stands after a table is shown behind it.
    if (this.#table.length > 0) return ''
    if (this.#fence !== null) return ''
    if (!this.#isInLine && /^\s*($|[`~|#>]|[-*+]\s?$|\d+[.)]?\s?$)/.test(this.#pending)) return ''
    const end = this.#pending.lastIndexOf(' ') + 1
    const ready = this.#pending.slice(0, end)
    if (end === 0 || hasOpenMark(ready)) return ''
    this.#pending = this.#pending.slice(end)
    const isBeginning = !this.#isInLine
    this.#isInLine = true
    return styleLine(ready, isBeginning)
  }
}

function styleLine(line: string, isBeginning: boolean): string {
  if (!isBeginning) return styleInline(line)
  const [, heading] = /^#{1,6}\s+(.*)$/s.exec(line) ?? []
  if (heading !== undefined) return styleText('bold', styleInline(heading), always)
  const quote = /^(\s*>\s?)+/.exec(line)?.[0]
  if (quote) return styleText('dim', `│ ${styleInline(line.slice(quote.length))}`, always)
  const [, indent = '', rest] = /^(\s*)[-*+]\s+(.*)$/s.exec(line) ?? []
  return rest === undefined ? styleInline(line) : `${indent}• ${styleInline(rest)}`
}

/** Whether what comes next could still make a mark of what is there. To be too careful costs a moment, till the line’s end. */
function hasOpenMark(text: string): boolean {
  const withoutCode = text.replaceAll(/(`+)(?!`).*?[^`]\1(?!`)/g, 'code')
  if (withoutCode.includes('`') || /\[[^\]]*$|\]\([^)]*$/.test(withoutCode)) return true
  const openers = withoutCode.match(/(?<![\w*])\*+(?=\S)|(?<![\w_])_+(?=\S)|~~(?=\S)/g)?.length ?? 0
  const closers = withoutCode.match(/(?<=\S)\*+(?![\w*])|(?<=\S)_+(?![\w_])|(?<=\S)~~/g)?.length ?? 0
  return openers > closers
}
