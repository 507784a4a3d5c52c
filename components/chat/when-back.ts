const TICK_MS = 5_000
/** A clock that jumps by more than this, in ms, has slept; a hidden tab's timers are run once a minute. */
const SLEPT_MS = 90_000

/**
 * Calls back when the page goes on after it was held up and its connections may be dead without a word: the network is
 * there again, the computer has slept, or the browser has brought the page back as it was left.
 *
 * @returns ends it
 */
export function whenBack(callback: () => void): () => void {
  let last = Date.now()
  const timer = setInterval(() => {
    const now = Date.now()
    const hasSlept = now - last > SLEPT_MS
    last = now
    if (hasSlept) callback()
  }, TICK_MS)

  function onPageShow({ persisted }: PageTransitionEvent) {
    if (persisted) callback()
  }

  window.addEventListener('online', callback)
  window.addEventListener('pageshow', onPageShow)
  return () => {
    clearInterval(timer)
    window.removeEventListener('online', callback)
    window.removeEventListener('pageshow', onPageShow)
  }
}
