/** How long a tab is hidden before it gives its connections back, in ms: a glance elsewhere changes nothing. */
const GLANCE_MS = 10_000

/**
 * Calls `rest` whenever the tab has been hidden for a while. Its answers go on without it, and other tabs may need the
 * connection: browsers allow six to a server without TLS.
 *
 * @returns ends it
 */
export function restWhileHidden(rest: () => void): () => void {
  let timer: ReturnType<typeof setTimeout> | undefined

  function followVisibility() {
    clearTimeout(timer)
    if (document.visibilityState === 'hidden') timer = setTimeout(rest, GLANCE_MS)
  }

  document.addEventListener('visibilitychange', followVisibility)
  return () => {
    clearTimeout(timer)
    document.removeEventListener('visibilitychange', followVisibility)
  }
}
