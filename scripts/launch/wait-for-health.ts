import { setTimeout as delay } from 'node:timers/promises'

/**
 * Waits until a server answers GET /api/health with success.
 *
 * @throws Error with the last answer when it does not in time.
 */
export async function waitForHealth(url: string, milliseconds: number): Promise<void> {
  const signal = AbortSignal.timeout(milliseconds)
  let last = 'no answer'
  while (!signal.aborted) {
    try {
      const response = await fetch(`${url}/api/health`, { signal })
      if (response.ok) return
      last = `${response.status} ${(await response.text()).slice(0, 500)}`
    } catch (error) {
      last = String(error)
    }
    await delay(50)
  }
  throw new Error(`The server does not answer at ${url}/api/health: ${last}`)
}
