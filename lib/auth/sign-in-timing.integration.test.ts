import { beforeAll, describe, expect, it } from 'vitest'
import { db } from '#lib/db/client.ts'
import { emptyDatabase } from '../../scripts/test/empty-database.ts'
import { hashPassword } from './password.ts'
import { signInWithPassword } from './sign-in.ts'

/** Of each kind; every one is an account of its own, since ten wrong passwords for one make the next wait. */
const ATTEMPTS = 100

/**
 * How far apart two samples are, in standard deviations of what chance does to their ranks (Mann and Whitney). By ranks,
 * since on a busy machine a few attempts take many times as long as the others.
 */
function rankDistance(a: number[], b: number[]): number {
  const sorted = [...a, ...b].sort((x, y) => x - y)
  const rankSum = a.reduce((sum, value) => sum + sorted.indexOf(value) + 1, 0)
  const mean = (a.length * (sorted.length + 1)) / 2
  const deviation = Math.sqrt((a.length * b.length * (sorted.length + 1)) / 12)
  return (rankSum - mean) / deviation
}

async function timeOf(email: string, number: number): Promise<number> {
  const attempt = { email, password: 'not the password', address: `198.51.100.${number}` }
  const began = performance.now()
  await expect(signInWithPassword(attempt)).rejects.toMatchObject({ code: 'wrong_credentials' })
  return performance.now() - began
}

beforeAll(async () => {
  await emptyDatabase()
  const passwordHash = await hashPassword('a quiet colonnade')
  await db().user.createMany({
    data: Array.from({ length: ATTEMPTS }, (_, number) => ({
      ...{ id: crypto.randomUUID(), name: 'Ada', role: 'member' as const, passwordHash },
      email: `known-${number}@example.com`,
    })),
  })
})

describe('the time that signing in takes', () => {
  it('tells nobody who has an account', { timeout: 120_000 }, async () => {
    const known: number[] = []
    const unknown: number[] = []
    // The first calls of a process are slower than the rest.
    await timeOf('nobody@example.com', 250)
    for (let number = 0; number < ATTEMPTS; number += 1) {
      const kinds = [
        async () => known.push(await timeOf(`known-${number}@example.com`, number)),
        async () => unknown.push(await timeOf(`nowho-${number}@example.com`, number)),
      ]
      // Side by side, so that whatever else the machine does is done to both. Whose turn is first is left to chance: in turns
      // each kind would have its place in the rhythm in which memory of so many hashes is given back.
      for (const attempt of Math.random() < 0.5 ? kinds : kinds.reverse()) await attempt()
    }
    // By chance it is further off once in 16,000 runs; an answer without argon2 is at 12.
    expect(Math.abs(rankDistance(known, unknown))).toBeLessThan(4)
  })
})
