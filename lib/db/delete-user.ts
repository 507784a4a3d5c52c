import { AppError } from '#lib/errors.ts'
import { db } from './client.ts'
import { isDeadlock } from './database-errors.ts'
import { Prisma } from './generated/client.ts'
import { SIGN_UP_LOCK } from './users.ts'

/** Whom a person's going concerns. */
export interface Departure {
  /** Whether nobody else can do what an administrator can. */
  isOnlyAdministrator: boolean
  /** How many other people have an account that they can use. */
  others: number
}

/** How many conversations go in one statement, which must end within its time (10 s). */
const BATCH = 20
/** The whole: an account of years. */
const TRANSACTION_MS = 300_000
const MAX_WAIT_MS = 1_500

/** Whom a person's going would concern; NULL when the account is gone. */
export async function foreseeDeparture(userId: string): Promise<Departure | null> {
  return readDeparture(db(), userId)
}

/**
 * Deletes a person with every row that leads to them, whole or not at all. Whatever else writes for them waits, and finds
 * them gone.
 *
 * @param successorEmail who is the administrator from then on, when the only one goes and others stay
 * @throws AppError last_administrator when that is nobody (field `successor` when somebody was named)
 */
export async function deleteUser(userId: string, successorEmail: string | null = null): Promise<void> {
  try {
    await deleteOnce(userId, successorEmail)
  } catch (error) {
    // The person is locked before their conversations; what ends an answer locks them the other way about. It has gone
    // through now.
    if (!isDeadlock(error)) throw error
    await deleteOnce(userId, successorEmail)
  }
}

async function deleteOnce(userId: string, successorEmail: string | null): Promise<void> {
  await db().$transaction(
    async (transaction) => {
      const [user] = await transaction.$queryRaw<{ role: string }[]>`
        SELECT role FROM "user" WHERE id = ${userId}::uuid FOR UPDATE`
      if (user?.role === 'administrator') await handOver(transaction, userId, successorEmail)
      await transaction.usageEvent.deleteMany({ where: { userId } })
      while (await deleteConversations(transaction, userId)) {
        // Batch by batch.
      }
      await transaction.user.deleteMany({ where: { id: userId } })
    },
    { maxWait: MAX_WAIT_MS, timeout: TRANSACTION_MS },
  )
}

/** Their messages go with them in one statement: one by one, each would take those that follow it along, level by level. */
async function deleteConversations(transaction: Prisma.TransactionClient, userId: string): Promise<boolean> {
  const count = await transaction.$executeRaw`
    DELETE FROM conversation WHERE id IN (
      SELECT id FROM conversation WHERE "userId" = ${userId}::uuid ORDER BY id LIMIT ${BATCH})`
  return count > 0
}

async function handOver(
  transaction: Prisma.TransactionClient,
  userId: string,
  successorEmail: string | null,
): Promise<void> {
  await transaction.$executeRaw`SELECT pg_advisory_xact_lock(${SIGN_UP_LOCK}::bigint)`
  const departure = await readDeparture(transaction, userId)
  if (!departure?.isOnlyAdministrator || departure.others === 0) return
  if (successorEmail === null) {
    throw new AppError(
      'last_administrator',
      'You are the only administrator here. Say who is to be it after you.',
    )
  }
  const { count } = await transaction.user.updateMany({
    where: { email: successorEmail, id: { not: userId }, disabledAt: null },
    data: { role: 'administrator' },
  })
  if (count === 0) {
    throw new AppError('last_administrator', 'Nobody else has an account here with this email.', {
      field: 'successor',
    })
  }
}

async function readDeparture(client: Prisma.TransactionClient, userId: string): Promise<Departure | null> {
  const [row] = await client.$queryRaw<Departure[]>(Prisma.sql`
    SELECT role = 'administrator' AND NOT EXISTS (
        SELECT 1 FROM "user" o WHERE o.id <> u.id AND o.role = 'administrator' AND o."disabledAt" IS NULL
      ) AS "isOnlyAdministrator",
      (SELECT count(*)::int FROM "user" o WHERE o.id <> u.id AND o."disabledAt" IS NULL) AS others
    FROM "user" u WHERE id = ${userId}::uuid`)
  return row ?? null
}
