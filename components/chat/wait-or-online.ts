/** Waits for so many ms, or until the network is there again; rejects when the signal aborts. */
export function waitOrOnline(ms: number, signal: AbortSignal): Promise<void> {
  const { promise, resolve, reject } = Promise.withResolvers<void>()
  const done = new AbortController()
  const timer = setTimeout(resolve, ms)
  window.addEventListener('online', () => resolve(), { signal: done.signal })
  signal.addEventListener('abort', () => reject(signal.reason), { signal: done.signal })
  return promise.finally(() => {
    clearTimeout(timer)
    done.abort()
  })
}
