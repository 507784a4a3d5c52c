import type { PersonChange, PersonEntry } from '#lib/chat/person.ts'
import { AppError } from '#lib/errors.ts'
import { db } from './client.ts'
import { Prisma } from './generated/client.ts'
import { SIGN_UP_LOCK } from './users.ts'

export interface PeoplePage {
  people: PersonEntry[]
  /** Pass as `before` to get the next page; NULL at the end. */
  nextBefore: string | null
}

const PAGE_SIZE = 25

const personFields = Prisma.sql`u.id, u.name, u.email, u.role::text, u."disabledAt" IS NOT NULL AS "isDisabled",
  u."createdAt", month_spending(u.id)::float8 AS spent, u."monthlyBudget"::float8 AS "ownBudget"`

type PersonRow = Omit<PersonEntry, 'createdAt'> & { createdAt: Date }

/**
 * Everybody who has an account, who came last first; for administrators.
 *
 * @param before only who came before this person; NULL: from the newest
 */
export async function listPeople(before: string | null): Promise<PeoplePage> {
  const rows = await db().$queryRaw<PersonRow[]>`
    SELECT ${personFields} FROM "user" u WHERE ${before}::uuid IS NULL OR u.id < ${before}::uuid
    ORDER BY u.id DESC LIMIT ${PAGE_SIZE + 1}`
  const people = rows.slice(0, PAGE_SIZE).map(toEntry)
  return { people, nextBefore: rows.length > PAGE_SIZE ? (people.at(-1)?.id ?? null) : null }
}

/** Somebody who has an account; NULL when there is nobody with this id. For administrators. */
export async function findPerson(userId: string): Promise<PersonEntry | null> {
  const [row] = await db().$queryRaw<PersonRow[]>`
    SELECT ${personFields} FROM "user" u WHERE u.id = ${userId}::uuid`
  return row ? toEntry(row) : null
}

function toEntry(row: PersonRow): PersonEntry {
  return { ...row, createdAt: row.createdAt.toISOString() }
}

/**
 * Changes the role of a person, or whether their account is disabled; either way their sessions end or learn of it at
 * their next request. Two administrators who take it from each other at once: one of them stays.
 *
 * @throws AppError last_administrator when nobody would be left who can do what an administrator can
 */
export async function changePerson(userId: string, { role, disabled }: PersonChange): Promise<void> {
  await db().$transaction(async (transaction) => {
    await transaction.$executeRaw`SELECT pg_advisory_xact_lock(${SIGN_UP_LOCK}::bigint)`
    await transaction.user.update({
      where: { id: userId },
      data: {
        ...(role !== undefined && { role }),
        ...(disabled === true && { disabledAt: new Date(), sessionVersion: { increment: 1 } }),
        ...(disabled === false && { disabledAt: null }),
      },
      select: { id: true },
    })
    const left = await transaction.user.findFirst({
      where: { role: 'administrator', disabledAt: null },
      select: { id: true },
    })
    if (left) return
    throw new AppError(
      'last_administrator',
      'This is the only administrator here. Make somebody else an administrator first.',
    )
  })
}
