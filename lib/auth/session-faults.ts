import { AsyncLocalStorage } from 'node:async_hooks'

const faults = new AsyncLocalStorage<{ fault?: { error: unknown } }>()

/** Called where a session is checked, when the check itself failed. */
export function noteSessionFault(error: unknown): void {
  const reading = faults.getStore()
  if (reading) reading.fault = { error }
}

/**
 * next-auth takes any error while it checks a session for the session's end: it answers "signed out" and deletes the
 * cookie, so a database that is away for a second would sign people out. This throws the error instead.
 */
export async function throwSessionFaults<Result>(read: () => Promise<Result>): Promise<Result> {
  const reading: { fault?: { error: unknown } } = {}
  const result = await faults.run(reading, read)
  if (reading.fault) throw reading.fault.error
  return result
}
