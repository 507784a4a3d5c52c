import { v7 as uuidv7 } from 'uuid'
import type { NewInvitation, OpenInvitation, Role } from '#lib/chat/person.ts'
import { AppError } from '#lib/errors.ts'
import { db } from './client.ts'
import type { Prisma } from './generated/client.ts'

const DAY_MS = 24 * 60 * 60 * 1000

/** How an invitation stands. */
export interface InvitationState {
  role: Role
  state: 'open' | 'used' | 'expired'
}

/** Keeps a new invitation, of whose secret only the hash is known here. */
export async function insertInvitation(hash: string, { role, days }: NewInvitation): Promise<OpenInvitation> {
  const expiresAt = new Date(Date.now() + days * DAY_MS)
  const { id } = await db().invitation.create({
    data: { id: uuidv7(), hash, role, expiresAt },
    select: { id: true },
  })
  return { id, role, expiresAt: expiresAt.toISOString() }
}

/** Those that can still be used, the newest first. */
export async function listOpenInvitations(): Promise<OpenInvitation[]> {
  const rows = await db().invitation.findMany({
    where: { usedAt: null, expiresAt: { gt: new Date() } },
    orderBy: { id: 'desc' },
    select: { id: true, role: true, expiresAt: true },
  })
  return rows.map(({ expiresAt, ...row }) => ({ ...row, expiresAt: expiresAt.toISOString() }))
}

/** How the invitation with this secret stands; NULL when there is none. */
export async function findInvitation(hash: string): Promise<InvitationState | null> {
  const row = await db().invitation.findUnique({
    where: { hash },
    select: { role: true, usedAt: true, expiresAt: true },
  })
  if (!row) return null
  if (row.usedAt) return { role: row.role, state: 'used' }
  return { role: row.role, state: row.expiresAt > new Date() ? 'open' : 'expired' }
}

/** Takes back an invitation that nobody has used. Returns its role, NULL when there is none. */
export async function withdrawInvitation(id: string): Promise<Role | null> {
  const [row] = await db().$queryRaw<{ role: Role }[]>`
    DELETE FROM invitation WHERE id = ${id}::uuid AND "usedAt" IS NULL RETURNING role::text`
  return row?.role ?? null
}

/**
 * Uses an invitation up, for the person that the same transaction adds. Of two at once one waits, and finds it used.
 *
 * @returns the role that it gives
 * @throws AppError link_not_valid
 */
export async function spendInvitation(transaction: Prisma.TransactionClient, hash: string): Promise<Role> {
  const [row] = await transaction.$queryRaw<{ role: Role }[]>`
    UPDATE invitation SET "usedAt" = now() WHERE hash = ${hash} AND "usedAt" IS NULL AND "expiresAt" > now()
    RETURNING role::text`
  if (row) return row.role
  throw new AppError(
    'link_not_valid',
    'This invitation has been used already, or has run out. Ask whoever sent it for a new one.',
  )
}
