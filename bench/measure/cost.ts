import { readFile } from 'node:fs/promises'
import { descendantsOf, parseResidentMemory, processorTimeOf } from '#e2e/support/process-tree.ts'

const SAMPLE_MS = 200

/** What a process and all that it started have taken of the processors so far, in seconds. */
export async function processorSeconds(pid: number): Promise<number> {
  const own = await processorTimeOf(pid)
  // One that has ended since is in its parent's time.
  const others = await Promise.all(
    (await descendantsOf(pid)).map((each) => processorTimeOf(each).catch(() => 0)),
  )
  return (own + sum(others)) / 1000
}

/** What a process and all that it started hold of the memory now, in KiB. */
export async function residentMemory(pid: number): Promise<number> {
  const own = await memoryOf(pid)
  const others = await Promise.all((await descendantsOf(pid)).map((each) => memoryOf(each).catch(() => 0)))
  return own + sum(others)
}

function sum(values: number[]): number {
  return values.reduce((total, value) => total + value, 0)
}

async function memoryOf(pid: number): Promise<number> {
  return parseResidentMemory(await readFile(`/proc/${pid}/status`, 'utf8'))
}

/**
 * Watches the memory of a process and all that it started while something is done.
 *
 * @returns what was done, and the most that was held, in KiB
 */
export async function watchMemory<T>(pid: number, work: () => Promise<T>): Promise<[done: T, most: number]> {
  let most = 0
  // Once: to look through all processes five times a second would cost more than what is measured.
  const pids = [pid, ...(await descendantsOf(pid))]
  const look = async () => {
    const sizes = await Promise.all(pids.map((each) => memoryOf(each).catch(() => 0)))
    most = Math.max(most, sum(sizes))
  }
  let looking = look()
  const timer = setInterval(() => {
    looking = looking.then(look)
  }, SAMPLE_MS)
  try {
    const done = await work()
    await looking
    return [done, most]
  } finally {
    clearInterval(timer)
  }
}

/** Seconds of all processors that were used by anybody, and that there were. */
export async function machineSeconds(): Promise<{ used: number; all: number }> {
  return parseMachineTime(await readFile('/proc/stat', 'utf8'))
}

/** "cpu  user nice system idle iowait irq softirq steal …", in hundredths of a second. */
export function parseMachineTime(stat: string): { used: number; all: number } {
  const fields = /^cpu +(.+)$/m.exec(stat)?.[1]?.split(' ').slice(0, 8).map(Number) ?? []
  const all = sum(fields)
  const idle = (fields[3] ?? 0) + (fields[4] ?? 0)
  return { used: (all - idle) / 100, all: all / 100 }
}
