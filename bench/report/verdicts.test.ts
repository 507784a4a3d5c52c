import { describe, expect, it } from 'vitest'
import { type Figures, type Measurement, medianFigures } from '../figures.ts'
import type { ContenderName } from '../servers/contender.ts'
import { judge } from './verdicts.ts'

const nothing = medianFigures([])

function measured(contender: ContenderName, streams: number, figures: Partial<Figures>): Measurement {
  return { contender, streams, figures: { ...nothing, ...figures } }
}

function judgeStreams(...streams: Measurement[]) {
  return judge({ streams, statements: null, memory: null, context: null, search: null }).map(
    ({ reached }) => reached,
  )
}

describe('verdicts', () => {
  it('are not given on what was not measured', () => {
    expect(
      judgeStreams(measured('stoa', 100, { cpu: 1, delayP99: 5 }), measured('stoa', 1, { requestP50: 5 })),
    ).toEqual([])
  })

  it('compare the processor time with the bare route at 100 streams', () => {
    expect(judgeStreams(measured('sdk', 100, { cpu: 0.2 }), measured('stoa', 100, { cpu: 0.26 }))).toEqual([
      true,
    ])
    expect(judgeStreams(measured('sdk', 100, { cpu: 0.2 }), measured('stoa', 100, { cpu: 0.27 }))).toEqual([
      false,
    ])
  })

  it('let a delay pass that is short, or that the bare route has too', () => {
    const sdk = measured('sdk', 100, { delayP99: 100 })
    expect(
      judgeStreams(measured('sdk', 100, { delayP99: 5 }), measured('stoa', 100, { delayP99: 49 })),
    ).toEqual([true])
    expect(judgeStreams(sdk, measured('stoa', 100, { delayP99: 129 }))).toEqual([true])
    expect(judgeStreams(sdk, measured('stoa', 100, { delayP99: 131 }))).toEqual([false])
  })

  it('count round trips, time before the provider, memory that stays, what a context and a search take', () => {
    expect(
      judgeStreams(measured('sdk', 1, { requestP50: 3 }), measured('stoa', 1, { requestP50: 15.1 })),
    ).toEqual([false])
    const statements = { beforeProvider: 5, mostBeforeProvider: 5, statements: [] }
    const memory = { turns: 2000, heapBefore: 100, heapAfter: 109, residentBefore: 1, residentAfter: 9 }
    const context = [0.9, 10.1].map((cpuP50) => ({
      ...{ name: 'long', walked: 9, read: 9, sent: 9, readP50: 1, cpuP50, cpuP99: 99, scans: [] },
    }))
    const search = [50, 101].map((p95) => ({
      ...{ kind: 'word', query: 'word', results: 20, p50: 1, p95, cpu: 1, databaseCpu: 1, scans: [] },
    }))
    const judged = judge({ streams: [], statements, memory, context, search })
    expect(judged.map(({ reached }) => reached)).toEqual([false, true, false, false])
  })

  it('hold full tables against empty ones', () => {
    const empty = { requestP50: 10, cpu: 0.2, databaseCpu: 0.02 }
    const full = { requestP50: 12.5, cpu: 0.2, databaseCpu: 0.03 }
    const both = [1, 100].flatMap((count) => [
      measured('stoa', count, empty),
      measured('stoa-full', count, full),
    ])
    expect(judgeStreams(...both)).toEqual([false, true])
  })
})
