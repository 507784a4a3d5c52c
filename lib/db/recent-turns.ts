import { db } from './client.ts'
import { Prisma } from './generated/client.ts'

/** Which rows of usage_event are a person's turns of the last minute, as admit_turn counts them. */
export function recentTurn(userId: string): Prisma.Sql {
  return Prisma.sql`"userId" = ${userId}::uuid AND "createdAt" > now() - interval '1 minute' AND id = "generationId"`
}

/** How many turns a person has begun within a minute, and in how many seconds the oldest of them counts no longer. */
export async function countRecentTurns(userId: string): Promise<{ turns: number; seconds: number }> {
  const [row] = await db().$queryRaw<[{ turns: number; seconds: number | null }]>`
    SELECT count(*)::int AS turns, 60 - extract(epoch FROM now() - min("createdAt"))::float AS seconds
    FROM usage_event WHERE ${recentTurn(userId)}`
  return { turns: row.turns, seconds: Math.max(1, Math.ceil(row.seconds ?? 60)) }
}
