import { AppError } from '#lib/errors.ts'
import { db } from './client.ts'

const HOLDS_MS = 24 * 60 * 60 * 1000

/** Keeps the hash of a link's secret by which a person sets a password, for a day; an earlier link of theirs is gone. */
export async function insertPasswordReset(userId: string, hash: string): Promise<{ expiresAt: string }> {
  const expiresAt = new Date(Date.now() + HOLDS_MS)
  await db().$transaction([
    db().passwordReset.deleteMany({ where: { userId } }),
    db().passwordReset.create({ data: { hash, userId, expiresAt } }),
  ])
  return { expiresAt: expiresAt.toISOString() }
}

/** Whose password a link sets, while it holds. */
export async function findPasswordReset(
  hash: string,
): Promise<{ id: string; email: string; name: string } | null> {
  const row = await db().passwordReset.findFirst({
    where: { hash, expiresAt: { gt: new Date() }, user: { disabledAt: null } },
    select: { user: { select: { id: true, email: true, name: true } } },
  })
  return row?.user ?? null
}

/**
 * Sets the password of whoever a link is for; uses the link up, and ends every session of theirs.
 *
 * @throws AppError link_not_valid
 */
export async function resetPassword(hash: string, passwordHash: string): Promise<void> {
  await db().$transaction(async (transaction) => {
    const [row] = await transaction.$queryRaw<{ userId: string }[]>`
      DELETE FROM password_reset WHERE hash = ${hash} AND "expiresAt" > now() RETURNING "userId"`
    if (!row) throw resetNotValid()
    await transaction.user.update({
      where: { id: row.userId },
      data: { passwordHash, sessionVersion: { increment: 1 } },
      select: { id: true },
    })
  })
}

/** Said of a link that never was, one that was used, and one that has run out, alike. */
export function resetNotValid(): AppError {
  return new AppError(
    'link_not_valid',
    'This link has been used already, has run out, or was replaced by a newer one. Ask your administrator for a new one.',
  )
}
