import type { ContextFigures } from '../context/figures.ts'

/** The figures of long conversations as a Markdown table, and below it how PostgreSQL came to the rows. */
export function contextReport(kinds: ContextFigures[]): string {
  const rows = kinds.map(({ name, walked, read, sent, readP50, cpuP50, cpuP99 }) => {
    const counts = [walked, read, sent].map((count) => count.toLocaleString('en'))
    return `| ${[name, ...counts, readP50.toFixed(1), `${cpuP50.toFixed(1)} / ${cpuP99.toFixed(1)}`].join(' | ')} |`
  })
  const plans = kinds.flatMap(({ name, scans }) => ['', `${name}:`, ...scans.map((scan) => `  ${scan}`)])
  return [
    '| conversation | looked up | read | sent | read, ms p50 | CPU of building, ms p50 / p99 |',
    '| --- | --- | --- | --- | --- | --- |',
    ...rows,
    ...plans,
  ].join('\n')
}
