/** A step of a plan, as EXPLAIN (ANALYZE, FORMAT JSON) tells it. */
export interface PlanNode {
  'Node Type': string
  'Relation Name'?: string
  'Index Name'?: string
  'Actual Rows': number
  'Actual Loops': number
  Plans?: PlanNode[]
}

/**
 * How a statement came to the rows of some tables.
 *
 * @returns a line for each way, with its rows; and how many rows of messages the walk took
 */
export function scansOf(plan: PlanNode, tables: string[]): { scans: string[]; walked: number } {
  const ways = new Map<string, number>()
  let walked = 0
  for (const { node, inWalk } of nodesOf(plan, false)) {
    const table = node['Relation Name']
    if (!table || !tables.includes(table)) continue
    const way = `${table}: ${node['Node Type']}${node['Index Name'] ? ` by ${node['Index Name']}` : ''}`
    const rows = Math.round(node['Actual Rows'] * node['Actual Loops'])
    ways.set(way, (ways.get(way) ?? 0) + rows)
    if (inWalk && table === 'message') walked += rows
  }
  return { walked, scans: [...ways].map(([way, rows]) => `${way}, ${rows.toLocaleString('en')} rows`).sort() }
}

/** Every step, and whether it belongs to the recursive one: the walk along the branch. */
function* nodesOf(node: PlanNode, inWalk: boolean): Generator<{ node: PlanNode; inWalk: boolean }> {
  yield { node, inWalk }
  for (const child of node.Plans ?? []) {
    yield* nodesOf(child, inWalk || node['Node Type'] === 'Recursive Union')
  }
}
