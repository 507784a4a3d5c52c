import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { buildIfChanged } from '../launch/build.ts'
import { generateClient } from '../launch/generate-client.ts'
import { inProject, PROJECT_DIR } from '../launch/project.ts'
import { ToolError } from '../launch/run-tool.ts'
import { aborted, watchStopSignals } from '../launch/stop-signals.ts'
import { findChromium } from './find-chromium.ts'
import { countCheck, countPlaywright, countVitest, type TestCounts } from './test-counts.ts'

interface Step {
  name: string
  run(): Promise<TestCounts>
  /** Nothing after it makes sense when it fails. */
  isNeeded?: boolean
}

/** Biome colours its output even in a file. */
const colors = process.stdout.isTTY ? 'force' : 'off'
const signals = watchStopSignals()
const reports = await mkdtemp(path.join(tmpdir(), 'stoa-reports-'))

const steps: Step[] = [
  { name: 'Biome', run: () => check(['@biomejs/biome/bin/biome', 'ci', `--colors=${colors}`, '.']) },
  { name: 'Types', run: () => check(['next/dist/bin/next', 'typegen'], ['typescript/bin/tsc', '--noEmit']) },
  { name: 'Unused code', run: () => check(['knip/bin/knip.js']) },
  {
    name: 'Prompts',
    run: async () => countCheck(await runNode(inProject('scripts/prompts.ts'), ['--check'])),
  },
  { name: 'Unit tests', run: () => vitest('unit') },
  { name: 'Integration tests', run: () => vitest('integration') },
  { name: 'Production build', run: build, isNeeded: true },
  { name: 'Browser tests', run: playwright },
]

process.exitCode = await runAll()

/** Runs every step, whatever the ones before it found; the last line is the count, for whoever reads only that. */
async function runAll(): Promise<number> {
  const total = { passed: 0, failed: 0, skipped: 0 }
  const summary: string[] = []
  try {
    await generateClient()
    for (const { name, run, isNeeded } of steps) {
      console.log(`\n=== ${name} ===`)
      const begin = performance.now()
      const counts = await run()
      if (signals.stopping.aborted) return 130
      const seconds = ((performance.now() - begin) / 1000).toFixed(1)
      summary.push(`${name.padEnd(20)}${seconds.padStart(7)} s  ${inWords(counts)}`)
      total.passed += counts.passed
      total.failed += counts.failed
      total.skipped += counts.skipped ?? 0
      if (isNeeded && counts.failed > 0) break
    }
  } finally {
    await rm(reports, { recursive: true })
  }
  console.log(`\n${summary.join('\n')}\n`)
  console.log(inWords(total))
  return total.failed > 0 ? 1 : 0
}

function inWords({ passed, failed, skipped }: TestCounts): string {
  return `${passed} passed, ${failed} failed${skipped ? `, ${skipped} skipped` : ''}`
}

/** One check, of one or more commands of packages. */
async function check(...commands: [string, ...string[]][]): Promise<TestCounts> {
  for (const [file, ...args] of commands) {
    if (!(await runNode(inProject('node_modules', file), args))) return countCheck(false)
  }
  return countCheck(true)
}

async function vitest(project: string): Promise<TestCounts> {
  const report = path.join(reports, `${project}.json`)
  const args = [
    'run',
    '--project',
    project,
    '--reporter=default',
    '--reporter=json',
    `--outputFile.json=${report}`,
  ]
  return countVitest(report, await runNode(inProject('node_modules/vitest/vitest.mjs'), args))
}

async function build(): Promise<TestCounts> {
  try {
    await buildIfChanged(signals.stopping, () => console.log('Building …'))
    return countCheck(true)
  } catch (error) {
    console.error(error instanceof ToolError ? error.output : error)
    return countCheck(false)
  }
}

async function playwright(): Promise<TestCounts> {
  let browser: string
  try {
    browser = await findChromium()
  } catch (error) {
    console.error(error instanceof Error ? error.message : error)
    return countCheck(false)
  }
  console.log(`Browser: ${browser}`)
  const report = path.join(reports, 'playwright.json')
  const env = { ...process.env, STOA_CHROMIUM: browser, PLAYWRIGHT_JSON_OUTPUT_NAME: report }
  const file = inProject('node_modules/@playwright/test/cli.js')
  return countPlaywright(report, await runNode(file, ['test', '--reporter=list,json'], env))
}

/** Runs a script with this Node for everyone to see; whether it succeeded. */
async function runNode(file: string, args: string[], env = process.env): Promise<boolean> {
  const child = spawn(process.execPath, [file, ...args], { cwd: PROJECT_DIR, env, stdio: 'inherit' })
  void aborted(signals.stopping).then(() => child.kill('SIGTERM'))
  const [code] = await once(child, 'exit')
  return code === 0
}
