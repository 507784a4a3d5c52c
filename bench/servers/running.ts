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

/**
 * Stops whatever still runs, the latest first; what does not stop keeps none of the others running.
 *
 * @throws the first fault, once all were asked to stop
 */
export async function stopEverything(): Promise<void> {
  const faults: unknown[] = []
  for (const stop of [...running].reverse()) await stop().catch((fault: unknown) => faults.push(fault))
  if (faults.length > 0) throw faults[0]
}
