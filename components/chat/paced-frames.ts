import { nextTask } from './next-task.ts'
import type { ScheduleFrame } from './text-buffer.ts'

/** How often a page that is not painted (a hidden tab) takes up new text, in ms. */
const HIDDEN_MS = 250

/** A frame that costs less than this, in ms, leaves a screen of 60 frames a second enough time for all else. */
const CHEAP_MS = 8

/** How many times as long as a frame took it rests after one that was not cheap. */
const REST_FACTOR = 2

/** The longest rest between two frames, in ms. */
const MAX_REST_MS = 250

/**
 * Schedules work once a frame, as long as frames are cheap. After one that was not, it rests for twice as long as that
 * took: so on a slow or busy machine two thirds of the time are left for typing, scrolling and the network, and new text
 * comes in larger pieces. The work is a task of its own, between two frames: as a part of a frame's task it would hold up
 * a key until all of it is laid out and painted, too.
 */
export function createPacedFrames(): ScheduleFrame {
  let restUntil = 0

  async function run(callback: () => void) {
    const started = performance.now()
    callback()
    // React draws what was changed in a microtask.
    await null
    const own = performance.now() - started
    requestAnimationFrame(async () => {
      const framed = performance.now()
      // Comes to its turn when what the callback has changed is laid out and painted.
      await nextTask()
      const cost = own + performance.now() - framed
      restUntil = cost < CHEAP_MS ? 0 : performance.now() + Math.min(REST_FACTOR * cost, MAX_REST_MS)
    })
  }

  return (callback) => {
    let frame = 0
    let timer: ReturnType<typeof setTimeout> | undefined
    let isTakenBack = false

    function request() {
      frame = requestAnimationFrame(async () => {
        await nextTask()
        if (isTakenBack) return
        // What the frame before has cost may have become known only since this one was asked for.
        const rest = restUntil - performance.now()
        if (rest > 0) timer = setTimeout(request, rest)
        else await run(callback)
      })
    }

    if (document.visibilityState === 'hidden') timer = setTimeout(callback, HIDDEN_MS)
    else request()
    return () => {
      isTakenBack = true
      clearTimeout(timer)
      cancelAnimationFrame(frame)
    }
  }
}
