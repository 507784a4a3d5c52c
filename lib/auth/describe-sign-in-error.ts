import type { ProviderRefusal } from './admit-provider-account.ts'

const refusals: Record<ProviderRefusal, string> = {
  registration_closed: 'This Stoa takes no new accounts. Ask its administrator to let you in.',
  email_taken:
    'There is an account with this email already. Sign in with its password, then connect the other one under Account.',
  email_missing:
    'The other site did not tell your email, which an account here needs. Allow it there and try again.',
  account_disabled: 'This account is disabled. Ask the administrator of this Stoa.',
  linked_elsewhere: 'That account already signs somebody else in here.',
}

const others: Record<string, string> = {
  too_many_attempts: 'Too many attempts. Try again in 15 minutes.',
  CredentialsSignin: 'The email or the password is wrong.',
  AccessDenied: 'The other site did not let you in.',
  OAuthCallbackError: 'You came back from the other site without signing in. Try again.',
  Configuration:
    'Signing in through the other site failed. Try again; if it fails again, whoever runs this Stoa finds the cause in its log.',
}

/**
 * In words, what an `?error=…` on `/login` or `/account` stands for; NULL without one.
 *
 * @param code next-auth's `?code=…`, which tells more than its error
 */
export function describeSignInError(error: string | undefined, code: string | undefined): string | null {
  if (!error) return null
  const texts = new Map(Object.entries({ ...others, ...refusals }))
  return texts.get(code ?? '') ?? texts.get(error) ?? others.Configuration ?? null
}
