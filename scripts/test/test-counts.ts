import { readFile } from 'node:fs/promises'

export interface TestCounts {
  passed: number
  failed: number
  /** Where this machine lacks what a test needs; each has said so. */
  skipped?: number
}

/** A check that is one thing: a linter, a build. */
export function countCheck(succeeded: boolean): TestCounts {
  return succeeded ? { passed: 1, failed: 0 } : { passed: 0, failed: 1 }
}

/** From the file of Vitest's JSON reporter; `succeeded` is what its exit said. */
export async function countVitest(file: string, succeeded: boolean): Promise<TestCounts> {
  const report = await readReport<{ numPassedTests: number; numFailedTests: number }>(file)
  return agree({ passed: report?.numPassedTests ?? 0, failed: report?.numFailedTests ?? 0 }, succeeded)
}

/** From the file of Playwright's JSON reporter; `succeeded` is what its exit said. */
export async function countPlaywright(file: string, succeeded: boolean): Promise<TestCounts> {
  const report = await readReport<{
    stats: { expected: number; unexpected: number; flaky: number; skipped: number }
  }>(file)
  const { expected = 0, unexpected = 0, flaky = 0, skipped = 0 } = report?.stats ?? {}
  return { ...agree({ passed: expected, failed: unexpected + flaky }, succeeded), skipped }
}

/** A run can fail without a failed test: a file that does not load, a setup that throws, no test found at all. */
function agree({ passed, failed }: TestCounts, succeeded: boolean): TestCounts {
  return { passed, failed: succeeded ? failed : Math.max(failed, 1) }
}

async function readReport<T>(file: string): Promise<T | undefined> {
  try {
    return JSON.parse(await readFile(file, 'utf8'))
  } catch (error) {
    // A run that ended before it could write one.
    if ((error as NodeJS.ErrnoException).code === 'ENOENT') return undefined
    throw error
  }
}
