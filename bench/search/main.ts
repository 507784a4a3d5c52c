import { cpuUsage } from 'node:process'
import { processorTimeOf } from '#e2e/support/process-tree.ts'
import { parseSearch } from '#lib/chat/parse-search.ts'
import { closeDatabase, db } from '#lib/db/client.ts'
import { Prisma } from '#lib/db/generated/client.ts'
import { textsStatement } from '#lib/db/search.ts'
import { searchConversations } from '#lib/server/search-conversations.ts'
import { termQuery } from '#lib/server/search-stages.ts'
import { type PlanNode, scansOf } from '../context/plan.ts'
import { percentile } from '../percentile.ts'
import { type ChosenQuery, chooseQueries } from './choose-queries.ts'
import type { SearchFigures } from './figures.ts'

// What a search costs among 10,000 conversations: see docs/performance.md. Prints the figures as JSON.

const REPEATS = 40

const [person] = await db().$queryRaw<[{ id: string }]>`
  SELECT "userId" AS id FROM conversation GROUP BY "userId" ORDER BY count(*) DESC LIMIT 1`
const figures: SearchFigures[] = []
try {
  const chosen = await chooseQueries(person.id)
  // The first few of a process also pay for compiling, and of a connection for its plans.
  for (const { query } of chosen) await search(query)
  for (const each of chosen) figures.push(await measure(each))
} finally {
  await closeDatabase()
}
console.log(`FIGURES ${JSON.stringify(figures)}`)

function search(query: string) {
  return searchConversations(person.id, { query, filters: query ? {} : { pinned: false } })
}

async function measure({ kind, query }: ChosenQuery): Promise<SearchFigures> {
  const times: number[] = []
  let results = 0
  const [databaseBefore, before] = [await databaseMilliseconds(), cpuUsage()]
  for (let repeat = 0; repeat < REPEATS; repeat++) {
    const begun = performance.now()
    results = (await search(query)).results.length
    times.push(performance.now() - begun)
  }
  const { user, system } = cpuUsage(before)
  const databaseCpu = ((await databaseMilliseconds()) - databaseBefore) / REPEATS
  return {
    ...{ kind, query, results, databaseCpu },
    p50: percentile(times, 0.5) ?? 0,
    p95: percentile(times, 0.95) ?? 0,
    cpu: (user + system) / 1000 / REPEATS,
    scans: query ? await explain(query) : [],
  }
}

/** What the connections of this process have taken of the processors so far. */
async function databaseMilliseconds(): Promise<number> {
  const rows = await db().$queryRaw<{ pid: number }[]>`
    SELECT pid FROM pg_stat_activity WHERE datname = current_database() AND backend_type = 'client backend'`
  const times = await Promise.all(rows.map(({ pid }) => processorTimeOf(pid)))
  return times.reduce((sum, time) => sum + time, 0)
}

async function explain(query: string): Promise<string[]> {
  const scope = { userId: person.id, filters: {}, after: null, limit: 21 }
  const whole = termQuery(person.id, parseSearch(query), true)
  const lines: string[] = []
  for (const among of ['newest', 'all'] as const) {
    const [row] = await db().$queryRaw<[{ 'QUERY PLAN': [{ Plan: PlanNode; 'Execution Time': number }] }]>(
      Prisma.sql`EXPLAIN (ANALYZE, FORMAT JSON) ${textsStatement(scope, whole, { title: whole }, among)}`,
    )
    const [{ Plan: plan, 'Execution Time': time }] = row['QUERY PLAN']
    const { scans } = scansOf(plan, ['search_entry', 'conversation'])
    lines.push(`among ${among}, ${time.toFixed(1)} ms`, ...scans.map((scan) => `  ${scan}`))
  }
  return lines
}
