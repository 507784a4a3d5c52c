/** Ctrl-C reaches us from the terminal and once more from npm, within milliseconds: that is one wish. */
const SAME_WISH_MS = 1000
const PARENT_CHECK_MS = 500

export interface StopSignals {
  /** Aborted when we should end in order. */
  stopping: AbortSignal
  /** Aborted when somebody does not want to wait for that. */
  forcing: AbortSignal
}

/**
 * From here on, Ctrl-C, SIGTERM and SIGHUP no longer end this process: they are for its owner to act on. So is the end
 * of npm, when it runs us, since a shell in between need not pass signals on.
 */
export function watchStopSignals(): StopSignals {
  const stopping = new AbortController()
  const forcing = new AbortController()
  let first = Number.POSITIVE_INFINITY
  const ask = () => {
    first = Math.min(first, performance.now())
    if (performance.now() - first > SAME_WISH_MS) forcing.abort()
    stopping.abort()
  }
  for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const) process.on(signal, ask)
  if (process.env.npm_lifecycle_event) {
    const parent = process.ppid
    setInterval(() => process.ppid !== parent && stopping.abort(), PARENT_CHECK_MS).unref()
  }
  return { stopping: stopping.signal, forcing: forcing.signal }
}

/** Fulfilled when a signal is aborted, at once if it is already. */
export async function aborted(signal: AbortSignal): Promise<void> {
  if (signal.aborted) return
  await new Promise((resolve) => signal.addEventListener('abort', resolve, { once: true }))
}
