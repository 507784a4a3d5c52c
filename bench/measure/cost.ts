import { readFile } from 'node:fs/promises'
import { descendantsOf, parseResidentMemory, processorTimeOf } from '#e2e/support/process-tree.ts'

const SAMPLE_MS = 100

/** What a process and all that it started have taken of the processors so far, in seconds. */
export async function processorSeconds(pid: number): Promise<number> {
  const own = await processorTimeOf(pid)
  // One that has ended since is in its parent's time.
  const others = await Promise.all(
    (await descendantsOf(pid)).map((each) => processorTimeOf(each).catch(() => 0)),
  )
  return others.reduce((sum, time) => sum + time, own) / 1000
}

/** What a process and all that it started hold of the memory now, in KiB. */
export async function residentMemory(pid: number): Promise<number> {
  const own = await memoryOf(pid)
  const others = await Promise.all((await descendantsOf(pid)).map((each) => memoryOf(each).catch(() => 0)))
  return others.reduce((sum, size) => sum + size, own)
}

async function memoryOf(pid: number): Promise<number> {
  return parseResidentMemory(await readFile(`/proc/${pid}/status`, 'utf8'))
}

/**
 * Watches the memory of a process and all that it started.
 *
 * @returns ends the watching and tells the most that was held, in KiB
 */
export function watchMemory(pid: number): () => Promise<number> {
  let most = 0
  const look = async () => {
    most = Math.max(most, await residentMemory(pid))
  }
  let looking = look()
  const timer = setInterval(() => {
    looking = looking.then(look)
  }, SAMPLE_MS)
  return async () => {
    clearInterval(timer)
    await looking
    return most
  }
}

/** Seconds of all processors that were used by anybody, and that there were. */
export async function machineSeconds(): Promise<{ used: number; all: number }> {
  return parseMachineTime(await readFile('/proc/stat', 'utf8'))
}

/** "cpu  user nice system idle iowait irq softirq steal …", in hundredths of a second. */
export function parseMachineTime(stat: string): { used: number; all: number } {
  const fields = /^cpu +(.+)$/m.exec(stat)?.[1]?.split(' ').slice(0, 8).map(Number) ?? []
  const all = fields.reduce((sum, ticks) => sum + ticks, 0)
  const idle = (fields[3] ?? 0) + (fields[4] ?? 0)
  return { used: (all - idle) / 100, all: all / 100 }
}
