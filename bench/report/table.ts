import type { Figures, Measurement } from '../figures.ts'
import type { ContenderName } from '../servers/contender.ts'

const labels: Record<ContenderName, string> = {
  proxy: 'a  bare proxy',
  sdk: 'b  bare SDK route',
  stoa: 'c  Stoa',
  'stoa-full': 'c+ Stoa, full tables',
}

const columns: [heading: string, cell: (figures: Figures) => string][] = [
  ['request → provider p50 / p99, ms', ({ requestP50, requestP99 }) => pair(requestP50, requestP99)],
  ['token delay p50 / p99, ms', ({ delayP50, delayP99 }) => pair(delayP50, delayP99)],
  ['CPU s per 1,000 tokens', ({ cpu }) => number(cpu, 3)],
  ['of PostgreSQL', ({ databaseCpu }) => number(databaseCpu, 3)],
  ['KiB per stream', ({ memory }) => number(memory, 0)],
  ['statements per turn', ({ statements }) => number(statements, 1)],
  ['refused', ({ refused }) => percent(refused)],
]

const checks: typeof columns = [
  ['provider late p99, ms', ({ lateP99 }) => number(lateP99, 1)],
  ['client busy', ({ clientBusy }) => percent(clientBusy)],
  ['processors others used', ({ others }) => number(others, 2)],
]

/** The figures as a Markdown table, a row for each number of streams and server. */
export function figuresTable(measurements: readonly Measurement[]): string {
  return markdown(
    ['streams', 'server', ...[...columns, ...checks].map(([heading]) => heading)],
    inOrder(measurements).map(({ streams, contender, figures }) => [
      String(streams),
      labels[contender],
      ...[...columns, ...checks].map(([, cell]) => cell(figures)),
    ]),
  )
}

/** Stoa in proportion to each of the others. */
export function ratiosTable(measurements: readonly Measurement[]): string {
  const others = ['sdk', 'proxy', 'stoa-full'] as const
  const rows = inOrder(measurements)
    .filter(({ contender }) => contender === 'stoa')
    .flatMap(({ streams, figures: stoa }) =>
      others.flatMap((contender) => {
        const other = measurements.find((each) => each.contender === contender && each.streams === streams)
        return other ? [[String(streams), labels[contender], ...ratios(stoa, other.figures)]] : []
      }),
    )
  return markdown(['streams', 'Stoa to', 'request p50', 'token delay p50', 'token delay p99', 'CPU'], rows)
}

function ratios(stoa: Figures, other: Figures): string[] {
  return (['requestP50', 'delayP50', 'delayP99', 'cpu'] as const).map((name) => {
    const [mine, theirs] = [stoa[name], other[name]]
    return mine === null || !theirs ? '' : `${(mine / theirs).toFixed(2)} ×`
  })
}

function inOrder(measurements: readonly Measurement[]): Measurement[] {
  const names = Object.keys(labels)
  return [...measurements].sort(
    (a, b) => a.streams - b.streams || names.indexOf(a.contender) - names.indexOf(b.contender),
  )
}

function number(value: number | null, digits: number): string {
  return value === null ? '' : value.toFixed(digits)
}

function percent(value: number | null): string {
  return value === null ? '' : `${Math.round(value * 100)} %`
}

function pair(first: number | null, second: number | null): string {
  return `${number(first, 1)} / ${number(second, 1)}`
}

function markdown(headings: string[], rows: string[][]): string {
  const widths = headings.map((heading, index) =>
    Math.max(heading.length, ...rows.map((row) => row[index]?.length ?? 0)),
  )
  const line = (cells: string[]) =>
    `| ${cells.map((cell, index) => cell.padEnd(widths[index] ?? 0)).join(' | ')} |`
  return [line(headings), line(widths.map((width) => '-'.repeat(width))), ...rows.map(line)].join('\n')
}
