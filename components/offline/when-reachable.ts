const ASK_EVERY_MS = 5_000

/**
 * Calls back once, as soon as the server answers again. It is asked only while the page is in view and the device has a
 * network.
 *
 * @returns ends it
 */
export function whenReachable(callback: () => void): () => void {
  let isOver = false
  const timer = setInterval(ask, ASK_EVERY_MS)
  window.addEventListener('online', ask)
  document.addEventListener('visibilitychange', ask)

  function end() {
    isOver = true
    clearInterval(timer)
    window.removeEventListener('online', ask)
    document.removeEventListener('visibilitychange', ask)
  }

  async function ask() {
    if (document.visibilityState === 'hidden' || !navigator.onLine) return
    // A server that cannot be reached is what this waits out; a proxy in front of it may answer in its place.
    const signal = AbortSignal.timeout(ASK_EVERY_MS)
    const isThere = await fetch('/api/health', { cache: 'no-store', signal }).then(
      ({ ok }) => ok,
      () => false,
    )
    if (!isThere || isOver) return
    end()
    callback()
  }

  return end
}
