import type { AccountDeletion } from '#lib/chat/account-change.ts'
import { findUserById } from '#lib/db/users.ts'
import { AppError } from '#lib/errors.ts'
import { checkCurrentPassword } from './check-current-password.ts'
import { parseEmail } from './parse-email.ts'

/**
 * Makes sure that the person means to delete this account, and is who they say.
 *
 * @param address from `requestAddress`
 * @throws AppError `invalid_request` (field `email`), `wrong_credentials` (field `password`), `too_many_attempts`,
 *   `signed_out`
 */
export async function confirmDeletion(
  userId: string,
  { email, password = '' }: AccountDeletion,
  address: string,
): Promise<void> {
  const user = await findUserById(userId)
  if (!user) throw new AppError('signed_out', 'This account is gone already.')
  if (parseEmail(email) !== user.email) {
    throw new AppError('invalid_request', 'This is not the email of your account.', { field: 'email' })
  }
  const forgive = await checkCurrentPassword(user, { password, field: 'password', address })
  // Whatever comes of it: what is counted of attempts to sign in leads to the account, too.
  await forgive()
}
