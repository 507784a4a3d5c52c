import { changePasswordHash, findUserById } from '#lib/db/users.ts'
import { AppError } from '#lib/errors.ts'
import { checkPasswordStrength } from './check-password-strength.ts'
import { hashPassword, verifyPassword } from './password.ts'
import { countAttempt } from './sign-in-limits.ts'

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

  const forgive = await countAttempt({ address, email: user.email })
  if (user.passwordHash !== null && !(await verifyPassword(current, user.passwordHash))) {
    throw new AppError('wrong_credentials', 'This is not your current password.', {
      field: 'currentPassword',
    })
  }
  await changePasswordHash(userId, await hashPassword(next))
  await forgive()
}
