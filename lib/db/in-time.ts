import { log } from '#lib/log.ts'

/** Nobody waits for the database longer than this; for a free connection of the pool nobody does, either. */
const PATIENCE_MS = 1_500

/**
 * Waits for the database as long as a person should. One that stands still refuses nothing: its statements fail only when
 * their own time is over, after 11 s. What was begun is not undone, and may yet be carried out when the database goes on:
 * give it only what may, whoever was told otherwise.
 *
 * @throws an error of a database that is not available (`isDatabaseUnavailable`)
 */
export async function inTime<T>(work: Promise<T>): Promise<T> {
  const silence = Promise.withResolvers<never>()
  const timer = setTimeout(() => {
    silence.reject(Object.assign(new Error('the database has not answered in time'), { code: 'ETIMEDOUT' }))
    work.catch((error: unknown) => {
      log().warn({ error: String(error) }, 'what nobody waited for any longer has failed')
    })
  }, PATIENCE_MS)
  try {
    return await Promise.race([work, silence.promise])
  } finally {
    clearTimeout(timer)
  }
}
