import { log } from '#lib/log.ts'

/** Nobody waits for the database longer than this; for a free connection of the pool nobody does, either. */
const PATIENCE_MS = 1_500

/** A timer that is so late tells of a process that stood still itself, with answers that it has not come to read. */
const LATE_MS = 250

/**
 * Waits for the database as long as a person should. One that stands still refuses nothing: its statements fail only when
 * their own time is over, after 11 s. What was begun is not undone, and may yet be carried out when the database goes on:
 * give it only what may, whoever was told otherwise.
 *
 * @throws an error of a database that is not available (`isDatabaseUnavailable`)
 */
export async function inTime<T>(work: Promise<T>): Promise<T> {
  const silence = Promise.withResolvers<never>()
  const stopWaiting = afterPatience(() => {
    silence.reject(Object.assign(new Error('the database has not answered in time'), { code: 'ETIMEDOUT' }))
    work.catch((error: unknown) => {
      log().warn({ error: String(error) }, 'what nobody waited for any longer has failed')
    })
  })
  try {
    return await Promise.race([work, silence.promise])
  } finally {
    stopWaiting()
  }
}

/** Gives up after `PATIENCE_MS`; what this process was late by then is waited once more. Returns what ends the wait. */
function afterPatience(giveUp: () => void): () => void {
  const dueAt = performance.now() + PATIENCE_MS
  let timer = setTimeout(() => {
    const lateMs = performance.now() - dueAt
    if (lateMs < LATE_MS) giveUp()
    else timer = setTimeout(giveUp, Math.min(lateMs, PATIENCE_MS))
  }, PATIENCE_MS)
  return () => clearTimeout(timer)
}
