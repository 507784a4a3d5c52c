import { notFound, redirect } from 'next/navigation'
import { cache } from 'react'
import { type Preferences, readPreferences } from '#lib/chat/preferences.ts'
import { inTime } from '#lib/db/in-time.ts'
import { findPreferences } from '#lib/db/preferences.ts'
import { AppError } from '#lib/errors.ts'
import { auth } from './auth.ts'
import type { SessionUser } from './configuration.ts'
import { throwSessionFaults } from './session-faults.ts'

export type { SessionUser } from './configuration.ts'

/**
 * Who is signed in; checked against the database by one read, once per page. Since every page and route begins with it, it is
 * also where people learn within 2 s that the database stands still.
 *
 * @throws whatever the database throws: that it is away does not mean that nobody is signed in
 */
export const currentUser = cache(async (): Promise<SessionUser | null> => {
  const session = await inTime(throwSessionFaults(() => auth()))
  return session?.user ?? null
})

/**
 * Who is signed in, for route handlers and actions.
 *
 * @throws AppError `signed_out`
 */
export async function requireUser(): Promise<SessionUser> {
  const user = await currentUser()
  if (!user) throw new AppError('signed_out', 'You are signed out. Sign in again.')
  return user
}

/**
 * The same, for what only administrators may do.
 *
 * @throws AppError `signed_out`, `administrators_only`
 */
export async function requireAdministrator(): Promise<SessionUser> {
  const user = await requireUser()
  if (user.role !== 'administrator')
    throw new AppError('administrators_only', 'Only an administrator of this Stoa may do this.')
  return user
}

/**
 * Who is signed in, for pages; anyone else is sent to sign in, and comes back to `path` afterwards.
 *
 * @param path the page's own path, which Next does not tell its pages
 */
export async function requirePageUser(path = '/'): Promise<SessionUser> {
  const user = await currentUser()
  if (!user) redirect(path === '/' ? '/login' : `/login?callbackUrl=${encodeURIComponent(path)}`)
  return user
}

/** The same, for pages of administrators: for anyone else there is no such page. */
export async function requirePageAdministrator(path: string): Promise<SessionUser> {
  const user = await requirePageUser(path)
  if (user.role !== 'administrator') notFound()
  return user
}

/** What whoever is signed in has chosen for all their conversations, read once per page; the defaults for anyone else. */
export const currentPreferences = cache(async (): Promise<Preferences> => {
  const user = await currentUser()
  return user ? inTime(findPreferences(user.id)) : readPreferences({})
})
