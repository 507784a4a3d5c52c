import type { ScheduleFrame } from './text-buffer.ts'

/** How often a page that is not painted (a hidden tab) takes up new text, in ms. */
const HIDDEN_MS = 250

/** A frame that costs less than this, in ms, leaves a screen of 60 frames a second enough time for all else. */
const CHEAP_MS = 8

/** The longest rest between two frames, in ms. */
const MAX_REST_MS = 250

/**
 * Schedules work before the browser paints, one frame after the other as long as frames are cheap. After one that was
 * not, it rests for as long as that took: so on a slow or busy machine half of the time is left for typing, scrolling
 * and the network, and new text comes in larger pieces.
 */
export function createPacedFrames(): ScheduleFrame {
  let restUntil = 0

  function run(callback: () => void) {
    const started = performance.now()
    callback()
    // Comes to its turn when what the callback has changed is laid out and painted.
    setTimeout(() => {
      const cost = performance.now() - started
      restUntil = cost < CHEAP_MS ? 0 : performance.now() + Math.min(cost, MAX_REST_MS)
    })
  }

  return (callback) => {
    let frame = 0
    let timer: ReturnType<typeof setTimeout> | undefined

    function request() {
      frame = requestAnimationFrame(() => {
        // What the frame before has cost may have become known only since this one was asked for.
        const rest = restUntil - performance.now()
        if (rest > 0) timer = setTimeout(request, rest)
        else run(callback)
      })
    }

    if (document.visibilityState === 'hidden') timer = setTimeout(callback, HIDDEN_MS)
    else request()
    return () => {
      clearTimeout(timer)
      cancelAnimationFrame(frame)
    }
  }
}
