/** One line of the table: what is wanted, what was measured, and what the least does that could do the same. */
export interface Line {
  name: string
  /** The largest that is wanted; NULL: a figure that has no target. */
  limit: number | null
  measured: number
  unit: 'ms' | 'kB' | 'nodes' | 'requests' | 'px' | '%' | 'MB' | ''
  /** Of a bare page in the same run; NULL: there is none. */
  floor: number | null
}

export function isReached({ limit, measured }: Line): boolean {
  return limit === null || measured <= limit
}

/** The lines as a Markdown table. */
export function linesTable(lines: readonly Line[]): string {
  const rows = lines.map((line) => [
    line.name,
    line.limit === null ? '' : `≤ ${format(line.limit, line.unit)}`,
    format(line.measured, line.unit),
    line.floor === null ? '' : format(line.floor, line.unit),
    line.limit === null ? '' : isReached(line) ? 'reached' : 'MISSED',
  ])
  const all = [['', 'wanted', 'measured', 'bare page', ''], ['---', '---:', '---:', '---:', '---'], ...rows]
  return all.map((cells) => `| ${cells.join(' | ')} |`).join('\n')
}

function format(value: number, unit: Line['unit']): string {
  const digits = Number.isInteger(value) || value >= 100 ? 0 : value < 1 ? 3 : 1
  return `${value.toLocaleString('en', { maximumFractionDigits: digits })}${unit && ` ${unit}`}`
}
