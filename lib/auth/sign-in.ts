import { findUserByEmail, type User } from '#lib/db/users.ts'
import { AppError } from '#lib/errors.ts'
import { MAX_PASSWORD_LENGTH } from './check-password-strength.ts'
import { parseEmail } from './parse-email.ts'
import { verifyPassword } from './password.ts'
import { countAttempt } from './sign-in-limits.ts'

interface SignIn {
  email: string
  password: string
  /** From `requestAddress`. */
  address: string
}

/**
 * The person who has this email and password. An email without an account, one without a password, and a wrong
 * password take the same way and end in the same error.
 *
 * @throws AppError `wrong_credentials`, `too_many_attempts`
 */
export async function signInWithPassword({ email: typed, password, address }: SignIn): Promise<User> {
  const email = parseEmail(typed)
  const forgive = await countAttempt({ address, email: email ?? typed })
  const user = email === null ? null : await findUserByEmail(email)
  // Longer than any password can be (in UTF-16 units, at least as many as characters): not worth normalising.
  const readable = password.length <= 2 * MAX_PASSWORD_LENGTH ? password : ''
  const isRight = await verifyPassword(readable, user?.passwordHash ?? null)
  if (!user || !isRight) throw new AppError('wrong_credentials', 'The email or the password is wrong.')
  // Said only to whoever knows the password.
  if (user.disabledAt) {
    throw new AppError('wrong_credentials', 'This account is disabled. Ask the administrator of this Stoa.')
  }
  await forgive()
  return user
}
