import { readdir, readFile } from 'node:fs/promises'

/** Whatever a process has started, directly or not, and runs now. */
export async function descendantsOf(ancestor: number): Promise<number[]> {
  const parents = new Map<number, number>()
  for (const entry of await readdir('/proc')) {
    const stat = /^\d+$/.test(entry) ? await readFile(`/proc/${entry}/stat`, 'utf8').catch(() => '') : ''
    const parent = parseParent(stat)
    if (parent !== null) parents.set(Number(entry), parent)
  }
  const isDescendant = (pid: number): boolean => {
    const parent = parents.get(pid)
    return parent !== undefined && (parent === ancestor || isDescendant(parent))
  }
  return [...parents.keys()].filter(isDescendant)
}

/** "12 (a name) S 3 …": the parent is the second field after the name. */
export function parseParent(stat: string): number | null {
  const parent = /^\d+ \(.*\) \S (\d+)/s.exec(stat)?.[1]
  return parent === undefined ? null : Number(parent)
}

/** What a process has taken of the processors, in ms. */
export async function processorTimeOf(pid: number): Promise<number> {
  return parseProcessorTime(await readFile(`/proc/${pid}/stat`, 'utf8'))
}

/** In ms, with that of children that have ended; the kernel counts in hundredths of a second. */
export function parseProcessorTime(stat: string): number {
  const fields = stat.slice(stat.lastIndexOf(')') + 2).split(' ')
  return fields.slice(11, 15).reduce((sum, ticks) => sum + Number(ticks) * 10, 0)
}

/** What a process holds of the memory, in KiB. */
export function parseResidentMemory(status: string): number {
  return Number(/^VmRSS:\s+(\d+) kB$/m.exec(status)?.[1] ?? 0)
}
