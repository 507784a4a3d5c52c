import { parseName } from '#lib/chat/parse-name.ts'
import { type Admission, createUser, type User } from '#lib/db/users.ts'
import { checkPasswordStrength } from './check-password-strength.ts'
import { parseEmail } from './parse-email.ts'
import { hashPassword } from './password.ts'
import { countAttempt } from './sign-in-limits.ts'

export interface RegistrationForm {
  name: string
  email: string
  password: string
}

/** What is wrong with each field, in words for the person. */
export type FieldFaults<Form> = Partial<Record<keyof Form, string>>

/** Every fault of the form at once, or the form as it will be kept. */
export async function checkRegistrationForm(
  form: RegistrationForm,
): Promise<{ faults: FieldFaults<RegistrationForm> } | { checked: RegistrationForm }> {
  const name = parseName(form.name)
  const email = parseEmail(form.email)
  const faults: FieldFaults<RegistrationForm> = {}
  if (name === null) faults.name = 'Say what to call you, in at most 80 characters.'
  if (email === null) faults.email = 'This is not an email address.'
  const personal = [email, email?.split('@')[0], name].filter((each) => typeof each === 'string')
  const passwordFault = await checkPasswordStrength(form.password, personal)
  if (passwordFault) faults.password = passwordFault
  if (name === null || email === null || passwordFault) return { faults }
  return { checked: { name, email, password: form.password } }
}

/**
 * Adds a person who signs up with a password.
 *
 * @param form as checked by `checkRegistrationForm`
 * @param address from `requestAddress`: asking which emails are taken is limited like guessing passwords
 * @throws AppError `registration_closed`, `link_not_valid`, `email_taken`, `too_many_attempts`
 */
export async function register(form: RegistrationForm, admission: Admission, address: string): Promise<User> {
  const forgive = await countAttempt({ address })
  const { name, email, password } = form
  const user = await createUser({ name, email, passwordHash: await hashPassword(password) }, admission)
  await forgive()
  return user
}
