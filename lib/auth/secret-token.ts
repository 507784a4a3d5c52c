import { createHash, randomBytes, timingSafeEqual } from 'node:crypto'

/** Enough that nobody guesses one, so that a plain hash keeps it. */
const SECRET_BYTES = 32

/** A random secret, and what may be kept of it: its SHA-256 in hexadecimal digits. */
export function makeSecret(prefix = ''): { secret: string; hash: string } {
  const secret = prefix + randomBytes(SECRET_BYTES).toString('base64url')
  return { secret, hash: hashSecret(secret) }
}

/** The SHA-256 of a secret, in hexadecimal digits: what is looked up in the database. */
export function hashSecret(secret: string): string {
  return createHash('sha256').update(secret).digest('hex')
}

/** Whether two secrets are the same, in a time that tells nothing of how much of one was right. */
export function isSameSecret(given: string, wanted: string): boolean {
  return timingSafeEqual(Buffer.from(hashSecret(given)), Buffer.from(hashSecret(wanted)))
}
