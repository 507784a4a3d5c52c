import { RateLimiterPrisma } from 'rate-limiter-flexible'
import { db } from './client.ts'

interface Limit {
  /** What is counted; the first part of every key in the table. */
  name: string
  points: number
  /** How long a window is; it begins with its first point. */
  seconds: number
}

/** A counter per key that every instance shares; its table comes with our migrations. */
export function createRateLimiter({ name, points, seconds }: Limit): RateLimiterPrisma {
  return new RateLimiterPrisma({
    storeClient: db(),
    tableName: 'rateLimit',
    keyPrefix: name,
    points,
    duration: seconds,
  })
}
