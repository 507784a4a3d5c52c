import { setTimeout as delay } from 'node:timers/promises'
import type { Contender } from '../servers/contender.ts'
import { processorSeconds } from './cost.ts'

const LOOK_MS = 500
/** What a server takes that has nothing to do but look whether there is. */
const IDLE_SHARE = 0.06
const LONGEST_MS = 30_000

/** Waits until a server has done what follows its answers (titles, say): it belongs to their cost, and to no other's. */
export async function untilQuiet({ pid, database }: Contender): Promise<void> {
  const deadline = performance.now() + LONGEST_MS
  const used = async () =>
    (await processorSeconds(pid)) + (database ? await processorSeconds(database.pid) : 0)
  let before = await used()
  while (performance.now() < deadline) {
    await delay(LOOK_MS)
    const now = await used()
    if (now - before <= (IDLE_SHARE * LOOK_MS) / 1000) return
    before = now
  }
}
