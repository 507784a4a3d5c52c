import { loadavg } from 'node:os'
import { buildIfChanged } from '#scripts/launch/build.ts'
import { type Measurement, summarise } from './figures.ts'
import { LoadGenerator } from './load/load-generator.ts'
import { Inspector, reserveInspector } from './measure/inspector.ts'
import { type MemoryFigures, measureMemory } from './measure/measure-memory.ts'
import { measureStatements } from './measure/measure-statements.ts'
import { parseOptions } from './options.ts'
import { contextReport } from './report/context-report.ts'
import { searchReport } from './report/search-report.ts'
import { figuresTable, ratiosTable } from './report/table.ts'
import { judge, type Results } from './report/verdicts.ts'
import { describeMachine, writeResults } from './report/write-results.ts'
import { runContext } from './run-context.ts'
import { runProfile } from './run-profile.ts'
import { runSearch } from './run-search.ts'
import { runStreams } from './run-streams.ts'
import { stopEverything } from './servers/running.ts'
import { buildBareSdk } from './servers/start-bare-sdk.ts'
import { startProvider } from './servers/start-provider.ts'
import { startStoaContender } from './servers/start-stoa-contender.ts'

// What Stoa costs, beside what is the least: see docs/performance.md.
const options = parseOptions(process.argv.slice(2))
const begun = { at: new Date().toISOString(), load: loadavg() }
const needsServers = options.parts.some((part) => part !== 'context' && part !== 'search')
if (needsServers) {
  await buildIfChanged(AbortSignal.timeout(30 * 60_000), () => console.log('Building Stoa …'))
  await buildBareSdk()
}

for (const signal of ['SIGINT', 'SIGTERM'] as const) {
  process.once(signal, () => void stopEverything().finally(() => process.exit(130)))
}
const provider = await startProvider()
const load = LoadGenerator.start()
try {
  await measureAll()
} finally {
  await load.stop()
  await stopEverything()
}

async function measureAll(): Promise<void> {
  const crew = { load, providerPid: provider.pid }
  const has = (part: (typeof options.parts)[number]) => options.parts.includes(part)
  const measurements: Measurement[] = has('streams') ? await runStreams(options, provider.url, crew) : []
  const results: Results = {
    streams: summarise(measurements),
    statements: has('statements') ? await runStatements() : null,
    memory: has('memory') ? await runMemory() : null,
    context: has('context') ? await runContext() : null,
    search: has('search') ? await runSearch() : null,
  }
  if (has('profile')) await runProfile(Math.max(...options.streams), provider.url, crew)
  print(results)
  const machine = { ...describeMachine(), load: { before: begun.load, after: loadavg() } }
  const verdicts = judge(results)
  const file = await writeResults(options.out, {
    at: begun.at,
    machine,
    options,
    verdicts,
    ...results,
    measurements,
  })
  console.log(`\n${file}`)
}

async function runStatements() {
  const stoa = await startStoaContender({ name: 'stoa', providerUrl: provider.url })
  try {
    return await measureStatements(stoa, load)
  } finally {
    await stoa.stop()
  }
}

async function runMemory(): Promise<MemoryFigures> {
  const { port, environment } = await reserveInspector()
  const stoa = await startStoaContender({ name: 'stoa', providerUrl: provider.url, env: environment })
  try {
    console.log(`${options.turns} turns …`)
    const inspector = await Inspector.connect(port)
    const figures = await measureMemory(stoa, load, inspector, options.turns)
    inspector.close()
    return figures
  } finally {
    await stoa.stop()
  }
}

function print(results: Results): void {
  const { streams, statements, memory, context, search } = results
  if (streams.length > 0) console.log(`\n${figuresTable(streams)}\n\n${ratiosTable(streams)}`)
  if (statements) console.log(`\nBefore the provider is called:\n  ${statements.statements.join('\n  ')}`)
  if (memory) {
    const { turns, heapBefore, heapAfter, residentBefore, residentAfter } = memory
    console.log(`\n${turns} turns: live heap ${mebibytes(heapBefore)} → ${mebibytes(heapAfter)}, `)
    console.log(`  resident ${mebibytes(residentBefore)} → ${mebibytes(residentAfter)}`)
  }
  if (context) console.log(`\n${contextReport(context)}`)
  if (search) console.log(`\n${searchReport(search)}`)
  console.log('')
  for (const { target, measured, reached } of judge(results)) {
    console.log(`${reached ? 'reached' : 'MISSED '}  ${target}: ${measured}`)
  }
}

function mebibytes(kibibytes: number): string {
  return `${(kibibytes / 1024).toFixed(1)} MiB`
}
