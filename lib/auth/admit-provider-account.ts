import { parseName } from '#lib/chat/parse-name.ts'
import type { Registration } from '#lib/chat/registration.ts'
import { createUser, findUserByAccount, linkAccount, type ProviderAccount } from '#lib/db/users.ts'
import { AppError } from '#lib/errors.ts'
import { parseEmail } from './parse-email.ts'

/** Why another provider's account does not get in; `/login` and `/account` explain each in words. */
export type ProviderRefusal =
  | 'registration_closed'
  | 'email_taken'
  | 'email_missing'
  | 'account_disabled'
  | 'linked_elsewhere'

interface ProviderSignIn {
  account: ProviderAccount
  /** What the provider says of the person. */
  profile: { email?: string | null; name?: string | null }
  /** Who is signed in already, and so asks for the account to be linked. */
  signedInUserId: string | null
  registration: Registration
}

/**
 * Sees to it that an account at another provider leads to a person: whom it is linked to already; else whoever is
 * signed in; else a new person. An equal email alone links nothing: accounts with a password have unproven emails,
 * so whoever registered somebody else's first would share that person's account.
 *
 * @returns why it is not let in, or NULL when it is
 */
export async function admitProviderAccount(signIn: ProviderSignIn): Promise<ProviderRefusal | null> {
  const { account, profile, signedInUserId, registration } = signIn
  const linked = await findUserByAccount(account)
  if (linked) {
    if (linked.disabledAt) return 'account_disabled'
    return signedInUserId === null || signedInUserId === linked.id ? null : 'linked_elsewhere'
  }
  if (signedInUserId !== null) {
    return (await linkAccount(signedInUserId, account)) ? null : 'linked_elsewhere'
  }

  const email = parseEmail(profile.email ?? '')
  if (email === null) return 'email_missing'
  const name = parseName(profile.name ?? '') ?? email.slice(0, email.indexOf('@'))
  try {
    await createUser({ email, name, passwordHash: null, account }, registration)
    return null
  } catch (error) {
    if (!(error instanceof AppError)) throw error
    if (error.code !== 'registration_closed' && error.code !== 'email_taken') throw error
    return error.code
  }
}
