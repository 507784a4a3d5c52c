import { v7 as uuidv7 } from 'uuid'
import type { Role } from '#lib/chat/person.ts'
import type { Registration } from '#lib/chat/registration.ts'
import { AppError } from '#lib/errors.ts'
import { db } from './client.ts'
import { violatedConstraint } from './database-errors.ts'
import type { Prisma } from './generated/client.ts'
import type { UserRole } from './generated/enums.ts'
import { inTime } from './in-time.ts'
import { spendInvitation } from './invitations.ts'

export interface User {
  id: string
  email: string
  name: string
  /** NULL for people who only sign in through another provider. */
  passwordHash: string | null
  role: UserRole
  sessionVersion: number
  disabledAt: Date | null
}

/** A sign-in at another provider (GitHub, Google, OIDC). */
export interface ProviderAccount {
  provider: string
  providerAccountId: string
}

/** By what a person gets in: who may sign themselves up, or an invitation, named by the hash of its secret. */
export type Admission = Registration | { invitation: string }

interface NewUser {
  /** As `parseEmail` writes it: two spellings of one address must not become two people. */
  email: string
  name: string
  passwordHash: string | null
  /** Linked in the same transaction. */
  account?: ProviderAccount
}

const userFields = {
  id: true,
  email: true,
  name: true,
  passwordHash: true,
  role: true,
  sessionVersion: true,
  disabledAt: true,
} as const

/** Held while a person is added or an administrator goes, so that "is this the first one?" has one answer. Any number that nothing else uses. */
export const SIGN_UP_LOCK = 7_864_701
/** Sign-ups wait for one another; each holds the lock for a few milliseconds. */
const SIGN_UP_WAIT_MS = 8_000

export async function findUserById(id: string): Promise<User | null> {
  return db().user.findUnique({ where: { id }, select: userFields })
}

export async function findUserByEmail(email: string): Promise<User | null> {
  return db().user.findUnique({ where: { email }, select: userFields })
}

export async function findUserByAccount(account: ProviderAccount): Promise<User | null> {
  const found = await db().account.findUnique({
    where: { provider_providerAccountId: accountKey(account) },
    select: { user: { select: userFields } },
  })
  return found?.user ?? null
}

/** Whether anyone has an account yet. */
export async function hasUsers(): Promise<boolean> {
  return (await inTime(db().user.findFirst({ select: { id: true } }))) !== null
}

/**
 * Adds a person. The first one ever is the administrator; of parallel first sign-ups exactly one is.
 *
 * @throws AppError `registration_closed` when the registration does not let this person in, `link_not_valid` when the invitation
 *   does not (it stays as it was when the person is not added), `email_taken` when the address has an account
 */
export async function createUser(user: NewUser, admission: Admission): Promise<User> {
  const { account, ...fields } = user
  if (admission === 'closed') throw registrationClosed()
  try {
    return await db().$transaction(
      async (transaction) => {
        await transaction.$executeRaw`SELECT pg_advisory_xact_lock(${SIGN_UP_LOCK}::bigint)`
        const isFirst = (await transaction.user.findFirst({ select: { id: true } })) === null
        const role = await roleBy(admission, isFirst, transaction)
        return transaction.user.create({
          data: {
            ...fields,
            id: uuidv7(),
            role,
            ...(account && { accounts: { create: accountKey(account) } }),
          },
          select: userFields,
        })
      },
      { maxWait: SIGN_UP_WAIT_MS, timeout: SIGN_UP_WAIT_MS },
    )
  } catch (error) {
    if (violatedConstraint(error) !== 'user_email_key') throw error
    throw new AppError('email_taken', 'There is already an account with this email. Sign in instead.', {
      field: 'email',
      cause: error,
    })
  }
}

async function roleBy(
  admission: Admission,
  isFirst: boolean,
  transaction: Prisma.TransactionClient,
): Promise<Role> {
  if (admission === 'first' && !isFirst) throw registrationClosed()
  const role =
    typeof admission === 'object' ? await spendInvitation(transaction, admission.invitation) : 'member'
  return isFirst ? 'administrator' : role
}

/** Sets a new password, which ends every session. */
export async function changePasswordHash(userId: string, passwordHash: string): Promise<void> {
  await db().user.update({
    where: { id: userId },
    data: { passwordHash, sessionVersion: { increment: 1 } },
    select: { id: true },
  })
}

/** Ends every session of a person at its next request. */
export async function endSessions(userId: string): Promise<void> {
  await db().user.update({
    where: { id: userId },
    data: { sessionVersion: { increment: 1 } },
    select: { id: true },
  })
}

/**
 * Lets a person sign in through another provider's account from now on; an account that leads to them already stays.
 *
 * @returns false when the account leads to somebody else
 */
export async function linkAccount(userId: string, account: ProviderAccount): Promise<boolean> {
  const linked = await db().account.upsert({
    where: { provider_providerAccountId: accountKey(account) },
    create: { ...accountKey(account), userId },
    update: {},
    select: { userId: true },
  })
  return linked.userId === userId
}

/** The ids of the other providers that lead to a person. */
export async function linkedProviders(userId: string): Promise<string[]> {
  const accounts = await db().account.findMany({ where: { userId }, select: { provider: true } })
  return accounts.map((account) => account.provider)
}

/** A provider's answer holds more (tokens), which is not kept. */
function accountKey({ provider, providerAccountId }: ProviderAccount): ProviderAccount {
  return { provider, providerAccountId }
}

function registrationClosed(): AppError {
  return new AppError(
    'registration_closed',
    'This Stoa takes no new accounts. Ask its administrator to let you in.',
  )
}
