interface CallFrame {
  functionName: string
  url: string
  lineNumber: number
}

/** A CPU profile as Node's inspector gives it; times in microseconds. */
export interface CpuProfile {
  nodes: { id: number; callFrame: CallFrame }[]
  samples: number[]
  timeDeltas: number[]
}

export interface SelfTime {
  name: string
  /** Milliseconds in the function itself. */
  milliseconds: number
  /** Of the time in which anything ran at all. */
  share: number
}

/** Where the time went, the most first; the idle time is left out. */
export function selfTimes({ nodes, samples, timeDeltas }: CpuProfile): SelfTime[] {
  const names = new Map(nodes.map(({ id, callFrame }) => [id, nameOf(callFrame)]))
  const times = new Map<string, number>()
  for (const [index, id] of samples.entries()) {
    const name = names.get(id) ?? ''
    times.set(name, (times.get(name) ?? 0) + (timeDeltas[index] ?? 0))
  }
  times.delete('(idle)')
  const all = [...times.values()].reduce((sum, time) => sum + time, 0)
  return [...times]
    .map(([name, time]) => ({ name, milliseconds: time / 1000, share: time / all }))
    .sort((a, b) => b.milliseconds - a.milliseconds)
}

function nameOf({ functionName, url, lineNumber }: CallFrame): string {
  const place = url && ` ${url.split('/').slice(-2).join('/')}:${lineNumber + 1}`
  return `${functionName || '(anonymous)'}${place}`
}
