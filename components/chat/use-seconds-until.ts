import { useCallback, useSyncExternalStore } from 'react'

/** The whole seconds until a time (ms since 1970), drawn anew as they pass; 0 once it is over or when there is none. */
export function useSecondsUntil(time: number | null): number {
  const subscribe = useCallback(
    (onTick: () => void) => {
      if (time === null) return () => {}
      const timer = setInterval(() => {
        onTick()
        if (Date.now() >= time) clearInterval(timer)
      }, 1000)
      return () => clearInterval(timer)
    },
    [time],
  )
  const secondsLeft = () => (time === null ? 0 : Math.max(0, Math.ceil((time - Date.now()) / 1000)))
  // The server's clock is not the page's: until the page runs, the wait counts as just begun.
  return useSyncExternalStore(subscribe, secondsLeft, () => 0)
}
