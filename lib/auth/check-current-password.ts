import type { User } from '#lib/db/users.ts'
import { AppError } from '#lib/errors.ts'
import { verifyPassword } from './password.ts'
import { countAttempt } from './sign-in-limits.ts'

interface TypedPassword {
  password: string
  /** Where it was typed. */
  field: string
  /** From `requestAddress`. */
  address: string
}

/**
 * Has whoever is signed in show that they are who they were when they signed in. Whoever signs in through another
 * provider and has no password shows it by the session alone.
 *
 * @returns to be called when what this was asked for is done: the attempt does not count then, and earlier ones neither
 * @throws AppError `wrong_credentials` naming the field, `too_many_attempts`
 */
export async function checkCurrentPassword(
  { email, passwordHash }: User,
  { password, field, address }: TypedPassword,
): Promise<() => Promise<void>> {
  const forgive = await countAttempt({ address, email })
  if (passwordHash !== null && !(await verifyPassword(password, passwordHash))) {
    throw new AppError('wrong_credentials', 'This is not your current password.', { field })
  }
  return forgive
}
