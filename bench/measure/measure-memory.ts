import type { LoadGenerator } from '../load/load-generator.ts'
import type { Contender } from '../servers/contender.ts'
import { residentMemory } from './cost.ts'
import type { Inspector } from './inspector.ts'
import { untilQuiet } from './until-quiet.ts'

export interface MemoryFigures {
  turns: number
  /** What lives on the heap once rubbish is collected, before and after, in KiB. */
  heapBefore: number
  heapAfter: number
  /** What the process holds of the machine's memory then, in KiB: the most part is room that is free again. */
  residentBefore: number
  residentAfter: number
}

const AT_ONCE = 20
const SHAPE = { tokens: 5, interval: 1 }
/** Turns that fill caches and pools, before anything is counted. */
const WARM_UP_TURNS = 400
/** Has a server answer many short turns and looks what of its memory it keeps. */
export async function measureMemory(
  contender: Contender,
  load: LoadGenerator,
  inspector: Inspector,
  turns: number,
): Promise<MemoryFigures> {
  await play(contender, load, WARM_UP_TURNS)
  const before = await settledMemory(contender, inspector)
  await play(contender, load, turns)
  const after = await settledMemory(contender, inspector)
  return {
    turns,
    heapBefore: before.heap,
    heapAfter: after.heap,
    residentBefore: before.resident,
    residentAfter: after.resident,
  }
}

async function settledMemory(contender: Contender, inspector: Inspector) {
  await untilQuiet(contender)
  const heap = await inspector.liveHeap()
  return { heap, resident: await residentMemory(contender.pid) }
}

async function play(contender: Contender, load: LoadGenerator, turns: number): Promise<void> {
  for (let played = 0; played < turns; played += AT_ONCE) {
    const requests = Array.from({ length: AT_ONCE }, () => contender.request(SHAPE))
    await load.play({ requests, ...SHAPE })
  }
}
