import { createHash } from 'node:crypto'
import { type RateLimiterAbstract, RateLimiterRes } from 'rate-limiter-flexible'
import { insertAuditEvent } from '#lib/db/audit-events.ts'
import { inTime } from '#lib/db/in-time.ts'
import { createRateLimiter } from '#lib/db/rate-limiter.ts'
import { AppError } from '#lib/errors.ts'

const WINDOW_SECONDS = 15 * 60

/**
 * Wrong passwords for one account. Anyone can use them up for somebody else's address, so that for the rest of the
 * window its owner cannot sign in with the password; sessions that exist go on.
 */
export const ACCOUNT_ATTEMPTS = 10

/** Wrong passwords, and sign-ups with an address that is taken, from one place: an office may share it. */
export const ADDRESS_ATTEMPTS = 50

let limiters: { account: RateLimiterAbstract; address: RateLimiterAbstract } | undefined

interface Attempt {
  /** From `requestAddress`. */
  address: string
  /** The account that is tried, as typed or as stored; missing when none is. */
  email?: string | undefined
}

/**
 * Counts an attempt before its outcome is known, so that many at once cannot slip through together.
 *
 * @returns to be called when the attempt succeeded: it does not count then, and earlier ones on the account neither
 * @throws AppError `too_many_attempts` with the seconds to wait, whether the attempt would have succeeded or not
 */
export async function countAttempt({ address, email }: Attempt): Promise<() => Promise<void>> {
  limiters ??= {
    account: createRateLimiter({
      name: 'sign-in-account',
      points: ACCOUNT_ATTEMPTS,
      seconds: WINDOW_SECONDS,
    }),
    address: createRateLimiter({
      name: 'sign-in-address',
      points: ADDRESS_ATTEMPTS,
      seconds: WINDOW_SECONDS,
    }),
  }
  const { account, address: place } = limiters
  const addressKey = digest(address)
  const accountKey = email === undefined ? undefined : digest(email)

  // The address first: one that is refused must not use up an account's attempts.
  await consume(place, addressKey, { address })
  if (accountKey) await consume(account, accountKey, { address, email })
  return async () => {
    await place.reward(addressKey)
    if (accountKey) await account.delete(accountKey)
  }
}

async function consume(limiter: RateLimiterAbstract, key: string, attempt: Attempt): Promise<void> {
  try {
    await inTime(limiter.consume(key))
  } catch (refusal) {
    if (!(refusal instanceof RateLimiterRes)) throw refusal
    // Once in a window: the attempt that was the first too many.
    if (refusal.consumedPoints === limiter.points + 1) await recordLock(attempt)
    const retryAfterSeconds = Math.max(1, Math.ceil(refusal.msBeforeNext / 1000))
    throw new AppError(
      'too_many_attempts',
      `Too many attempts. Try again in ${inWords(retryAfterSeconds)}.`,
      {
        retryAfterSeconds,
      },
    )
  }
}

async function recordLock({ address, email }: Attempt): Promise<void> {
  await inTime(
    insertAuditEvent({
      ...{ action: 'sign-in.locked', address },
      ...(email !== undefined && { subject: { name: email } }),
    }),
  )
}

function inWords(seconds: number): string {
  if (seconds > 90) return `${Math.ceil(seconds / 60)} minutes`
  return seconds === 1 ? '1 second' : `${seconds} seconds`
}

/** A key of one length, whatever was typed, and no table of addresses. */
export function digest(text: string): string {
  return createHash('sha256').update(text).digest('base64url')
}
