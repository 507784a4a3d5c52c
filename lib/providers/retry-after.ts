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
  if (Number.isFinite(milliseconds)) return atLeastOne(milliseconds / 1000)
  const value = headers['retry-after']?.trim()
  if (!value) return null
  if (/^\d+(\.\d+)?$/.test(value)) return atLeastOne(Number(value))
  const date = Date.parse(value)
  return Number.isNaN(date) ? null : atLeastOne((date - now) / 1000)
}

function atLeastOne(seconds: number): number {
  return Math.max(1, Math.ceil(seconds))
}
