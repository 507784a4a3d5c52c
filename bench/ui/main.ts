import { loadavg } from 'node:os'
import { parseArgs } from 'node:util'
import { buildIfChanged } from '#scripts/launch/build.ts'
import { describeMachine, writeResults } from '../report/write-results.ts'
import { stopEverything } from '../servers/running.ts'
import { type Floors, measureFloors } from './bare-pages.ts'
import { type Line, linesTable } from './line.ts'
import { measureOpening } from './measure-opening.ts'
import { measureScrolling } from './measure-scrolling.ts'
import { measureStreaming } from './measure-streaming.ts'
import { startUiStack, type UiStack } from './ui-stack.ts'

const parts: Record<string, (stack: UiStack, floors: Floors) => Promise<Line[]>> = {
  opening: measureOpening,
  scrolling: measureScrolling,
  streaming: measureStreaming,
}

// What a person feels of the page, in a real Chromium: see docs/performance.md.
const { values } = parseArgs({
  options: { part: { type: 'string', multiple: true }, out: { type: 'string' } },
})
const chosen = values.part ?? Object.keys(parts)
for (const part of chosen)
  if (!parts[part]) throw new Error(`--part ${part}: wants one of ${Object.keys(parts).join(', ')}`)

const begun = { at: new Date().toISOString(), load: loadavg() }
await buildIfChanged(AbortSignal.timeout(30 * 60_000), () => console.log('Building Stoa …'))
for (const signal of ['SIGINT', 'SIGTERM'] as const) {
  process.once(signal, () => void stopEverything().finally(() => process.exit(130)))
}
try {
  console.log('Seeding 10,000 conversations …')
  const stack = await startUiStack({ conversations: 10_000, messages: 200_000 })
  const floors = await measureFloors(stack.context)
  const lines: Line[] = []
  for (const part of chosen) {
    console.log(`Measuring ${part} …`)
    lines.push(...((await parts[part]?.(stack, floors)) ?? []))
  }
  console.log(`\n${linesTable(lines)}\n`)
  const machine = { ...describeMachine(), load: { before: begun.load, after: loadavg() } }
  console.log(
    `Load ${machine.load.before[0]?.toFixed(1)} before, ${machine.load.after[0]?.toFixed(1)} after.`,
  )
  console.log(await writeResults(values.out ?? null, { at: begun.at, machine, floors, lines }))
} finally {
  await stopEverything()
}
