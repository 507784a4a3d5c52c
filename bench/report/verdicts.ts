import type { ContextFigures } from '../context/figures.ts'
import type { Figures, Measurement } from '../figures.ts'
import type { MemoryFigures } from '../measure/measure-memory.ts'
import type { StatementFigures } from '../measure/measure-statements.ts'
import type { SearchFigures } from '../search/figures.ts'
import type { ContenderName } from '../servers/contender.ts'

/** What was measured, as far as it was. */
export interface Results {
  streams: Measurement[]
  statements: StatementFigures | null
  memory: MemoryFigures | null
  context: ContextFigures[] | null
  search: SearchFigures[] | null
}

export interface Verdict {
  target: string
  measured: string
  reached: boolean
}

/** Whether the targets that could be judged by these results were reached. */
export function judge({ streams, statements, memory, context, search }: Results): Verdict[] {
  const find = (contender: ContenderName, count: number) =>
    streams.find((each) => each.contender === contender && each.streams === count)?.figures
  return [
    judgeCpu(find('stoa', 100), find('sdk', 100)),
    judgeDelay(find('stoa', 100), find('sdk', 100)),
    judgeRequest(find('stoa', 1), find('sdk', 1)),
    statements && {
      target: 'at most 4 database round trips before the provider is called',
      measured: `${statements.beforeProvider} (at most ${statements.mostBeforeProvider})`,
      reached: statements.beforeProvider <= 4,
    },
    memory && judgeMemory(memory),
    context && judgeContext(context),
    search && judgeSearch(search),
    judgeFullRequest(find('stoa-full', 1), find('stoa', 1)),
    judgeFullCpu(find('stoa-full', 100), find('stoa', 100)),
  ].filter((verdict) => verdict !== null)
}

function judgeCpu(stoa?: Figures, sdk?: Figures): Verdict | null {
  if (!stoa?.cpu || !sdk?.cpu) return null
  const ratio = stoa.cpu / sdk.cpu
  return {
    target: 'CPU per token at 100 streams at most 1.3 × the bare SDK route',
    measured: `${ratio.toFixed(2)} ×`,
    reached: ratio <= 1.3,
  }
}

function judgeDelay(stoa?: Figures, sdk?: Figures): Verdict | null {
  if (!stoa?.delayP99 || !sdk?.delayP99) return null
  const ratio = stoa.delayP99 / sdk.delayP99
  return {
    target: 'token delay p99 at 100 streams at most 50 ms, or 1.3 × the bare SDK route',
    measured: `${stoa.delayP99.toFixed(0)} ms, ${ratio.toFixed(2)} ×`,
    reached: stoa.delayP99 <= 50 || ratio <= 1.3,
  }
}

function judgeRequest(stoa?: Figures, sdk?: Figures): Verdict | null {
  if (!stoa?.requestP50 || !sdk?.requestP50) return null
  const more = stoa.requestP50 - sdk.requestP50
  return {
    target: 'request → provider p50 at 1 stream at most 12 ms over the bare SDK route',
    measured: `${more.toFixed(1)} ms over`,
    reached: more <= 12,
  }
}

function judgeMemory({ turns, heapBefore, heapAfter }: MemoryFigures): Verdict {
  const ratio = heapAfter / heapBefore
  return {
    target: `live memory after ${turns} turns at most 10 % over that before`,
    measured: `${((ratio - 1) * 100).toFixed(1)} %`,
    reached: ratio <= 1.1,
  }
}

function judgeSearch(kinds: SearchFigures[]): Verdict {
  const slowest = kinds.toSorted((a, b) => b.p95 - a.p95)[0]
  return {
    target: 'a search among 200,000 messages, of whichever kind, in at most 100 ms at p95',
    measured: slowest ? `${slowest.p95.toFixed(0)} ms for ${slowest.kind}` : 'nothing',
    reached: slowest !== undefined && slowest.p95 <= 100,
  }
}

function judgeContext(kinds: ContextFigures[]): Verdict {
  const most = Math.max(...kinds.map(({ cpuP50 }) => cpuP50))
  return {
    target: 'CPU of building the context of a long conversation at most 10 ms beyond the read',
    measured: `${most.toFixed(1)} ms`,
    reached: most <= 10,
  }
}

function judgeFullRequest(full?: Figures, empty?: Figures): Verdict | null {
  if (!full?.requestP50 || !empty?.requestP50) return null
  const more = full.requestP50 - empty.requestP50
  return {
    target: 'request → provider p50 at 1 stream with full tables within 2 ms',
    measured: `${more.toFixed(1)} ms over`,
    reached: more <= 2,
  }
}

function judgeFullCpu(full?: Figures, empty?: Figures): Verdict | null {
  if (!full?.cpu || !empty?.cpu || full.databaseCpu === null || empty.databaseCpu === null) return null
  const ratio = (full.cpu + full.databaseCpu) / (empty.cpu + empty.databaseCpu)
  return {
    target: 'CPU per token at 100 streams with full tables, database included, within 10 %',
    measured: `${ratio.toFixed(2)} ×`,
    reached: ratio <= 1.1,
  }
}
