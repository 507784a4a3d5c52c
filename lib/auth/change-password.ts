import { changePasswordHash, findUserById } from '#lib/db/users.ts'
import { AppError } from '#lib/errors.ts'
import { checkCurrentPassword } from './check-current-password.ts'
import { checkPasswordStrength } from './check-password-strength.ts'
import { hashPassword } from './password.ts'

interface PasswordChange {
  userId: string
  current: string
  next: string
  /** From `requestAddress`. */
  address: string
}

/**
 * Sets a new password, which ends every session, the one that asks included. Whoever signs in through another
 * provider and has no password yet gives none as the current one.
 *
 * @throws AppError `wrong_credentials` (field `currentPassword`), `weak_password` (field `newPassword`),
 *   `too_many_attempts`, `signed_out`
 */
export async function changePassword({ userId, current, next, address }: PasswordChange): Promise<void> {
  const user = await findUserById(userId)
  if (!user) throw new AppError('signed_out', 'Sign in again.')
  const fault = await checkPasswordStrength(next, [user.email, user.name])
  if (fault) throw new AppError('weak_password', fault, { field: 'newPassword' })

  const forgive = await checkCurrentPassword(user, { password: current, field: 'currentPassword', address })
  await changePasswordHash(userId, await hashPassword(next))
  await forgive()
}
