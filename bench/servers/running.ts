type Stop = () => Promise<void>

const running = new Set<Stop>()

/** Notes how to stop what was just started, for an end that comes before its time. */
export function noteRunning(stop: Stop): Stop {
  const stopOnce = async () => {
    if (running.delete(stopOnce)) await stop()
  }
  running.add(stopOnce)
  return stopOnce
}

/** Stops whatever still runs, the latest first. */
export async function stopEverything(): Promise<void> {
  for (const stop of [...running].reverse()) await stop()
}
