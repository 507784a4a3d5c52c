import { stripVTControlCharacters } from 'node:util'
import { Lexer } from 'marked'

/** What takes two columns in a terminal. */
const WIDE =
  /[\u1100-\u115f\u2e80-\ua4cf\uac00-\ud7a3\uf900-\ufaff\ufe30-\ufe6f\uff00-\uff60\uffe0-\uffe6]|\p{Emoji_Presentation}/u
const GAP = '  '

/**
 * A Markdown table with its columns under each other; NULL when the lines are none, or it is wider than the terminal.
 *
 * @param columns of the terminal
 * @param style makes a cell's Markdown what the terminal shows
 */
export function renderTable(
  lines: string[],
  columns: number,
  style: (markdown: string) => string,
): string[] | null {
  const [table, ...rest] = new Lexer().lex(lines.join('\n'))
  // Cells beyond those that the first row names would be left out.
  if (table?.type !== 'table' || rest.length > 0 || cellsOf(lines) > table.header.length) return null
  const rows = [table.header, ...table.rows].map((row: { text: string }[]) =>
    row.map(({ text }) => style(text)),
  )
  const widths = (rows[0] ?? []).map((_, index) => Math.max(...rows.map((row) => widthOf(row[index] ?? ''))))
  if (widths.reduce((sum, width) => sum + width + GAP.length, -GAP.length) > columns) return null
  const aligned = rows.map((row) =>
    row
      .map((cell, index) => pad(cell, widths[index] ?? 0, table.align[index] === 'right'))
      .join(GAP)
      .trimEnd(),
  )
  return [...aligned.slice(0, 1), widths.map((width) => '─'.repeat(width)).join(GAP), ...aligned.slice(1)]
}

function cellsOf(lines: string[]): number {
  return Math.max(...lines.map((line) => line.trim().replace(/\|$/, '').split('|').length - 1))
}

function pad(cell: string, width: number, isRight: boolean): string {
  const space = ' '.repeat(width - widthOf(cell))
  return isRight ? space + cell : cell + space
}

function widthOf(text: string): number {
  const characters = new Intl.Segmenter().segment(stripVTControlCharacters(text))
  return Array.from(characters, ({ segment }) => (WIDE.test(segment) ? 2 : 1)).reduce<number>(
    (a, b) => a + b,
    0,
  )
}
