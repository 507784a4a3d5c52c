import type { SearchFigures } from '../search/figures.ts'

/** The figures of searches as a Markdown table, and below it how PostgreSQL came to the rows. */
export function searchReport(kinds: SearchFigures[]): string {
  const rows = kinds.map(({ kind, results, p50, p95, cpu, databaseCpu }) => {
    const times = [p50, p95, cpu, databaseCpu].map((time) => time.toFixed(0))
    return `| ${[kind, results, ...times].join(' | ')} |`
  })
  const plans = kinds.flatMap(({ kind, query, scans }) => [
    '',
    `${kind} (${query}):`,
    ...scans.map((scan) => `  ${scan}`),
  ])
  return [
    '| search | on the first page | ms p50 | ms p95 | CPU of the server, ms | of PostgreSQL, ms |',
    '| --- | --- | --- | --- | --- | --- |',
    ...rows,
    ...plans,
  ].join('\n')
}
