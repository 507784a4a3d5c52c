import { findPasswordReset, resetNotValid, resetPassword } from '#lib/db/password-resets.ts'
import { AppError } from '#lib/errors.ts'
import { checkPasswordStrength } from './check-password-strength.ts'
import { hashPassword } from './password.ts'
import { hashSecret } from './secret-token.ts'

/**
 * Sets the password of whoever a link is for, and ends every session of theirs.
 *
 * @throws AppError `link_not_valid`, `weak_password` (field `newPassword`)
 */
export async function resetPasswordByLink(
  secret: string,
  password: string,
): Promise<{ id: string; email: string }> {
  const hash = hashSecret(secret)
  const person = await findPasswordReset(hash)
  if (!person) throw resetNotValid()
  const fault = await checkPasswordStrength(password, [person.email, person.name])
  if (fault) throw new AppError('weak_password', fault, { field: 'newPassword' })
  await resetPassword(hash, await hashPassword(password))
  return person
}
