import { setImmediate as letOthersRun } from 'node:timers/promises'

/** How long work of the background holds the process at a time, in ms: answers are being streamed beside it. */
const SLICE_MS = 8

/** Lets everything else run whenever a slice of time is used up; to be called often in long work. */
export function takeTurns(): () => Promise<void> {
  let began = performance.now()
  return async () => {
    if (performance.now() - began < SLICE_MS) return
    await letOthersRun()
    began = performance.now()
  }
}
