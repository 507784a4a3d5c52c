import { mkdir, writeFile } from 'node:fs/promises'
import { availableParallelism, cpus, totalmem } from 'node:os'
import path from 'node:path'
import { inProject } from '#scripts/launch/project.ts'

/** What the figures were measured on. */
export function describeMachine() {
  return {
    processors: availableParallelism(),
    model: cpus()[0]?.model.trim() ?? 'unknown',
    memoryGiB: Math.round(totalmem() / 2 ** 30),
    node: process.version,
  }
}

/** @returns the file it wrote */
export async function writeResults(out: string | null, results: object): Promise<string> {
  const time = new Date().toISOString().replaceAll(':', '-').slice(0, 19)
  const file = out ?? inProject('bench/results', `${time}.json`)
  await mkdir(path.dirname(file), { recursive: true })
  await writeFile(file, `${JSON.stringify(results, null, 2)}\n`)
  return file
}
