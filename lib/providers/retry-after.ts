import { APICallError, RetryError } from 'ai'

/**
 * The seconds that a provider asked to wait, rounded up, from its `retry-after-ms` or `Retry-After` header
 * (seconds or a date, RFC 9110 section 10.2.3); NULL when it said nothing that can be read.
 */
export function retryAfterSeconds(error: unknown, now = Date.now()): number | null {
  if (RetryError.isInstance(error)) return retryAfterSeconds(error.lastError, now)
  if (!APICallError.isInstance(error)) return null
  const headers = error.responseHeaders ?? {}
  const milliseconds = Number(headers['retry-after-ms'] ?? Number.NaN)
  if (Number.isFinite(milliseconds)) return plausible(milliseconds / 1000)
  const value = headers['retry-after']?.trim()
  if (!value) return null
  if (/^\d+(\.\d+)?$/.test(value)) return plausible(Number(value))
  const date = Date.parse(value)
  return Number.isNaN(date) ? null : plausible((date - now) / 1000)
}

/** A longer wait is no advice but a mistake, such as a time of day given as seconds. */
const LONGEST_SECONDS = 24 * 60 * 60

function plausible(seconds: number): number | null {
  return seconds > LONGEST_SECONDS ? null : Math.max(1, Math.ceil(seconds))
}
