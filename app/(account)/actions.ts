'use server'

import { headers } from 'next/headers'
import { redirect } from 'next/navigation'
import { AuthError } from 'next-auth'
import type { AccountFormState } from '#components/account/form-state.ts'
import { signIn, signOut } from '#lib/auth/auth.ts'
import { changePassword } from '#lib/auth/change-password.ts'
import { checkRegistrationForm, register } from '#lib/auth/register.ts'
import { registrationNow } from '#lib/auth/registration-now.ts'
import { requestAddress } from '#lib/auth/request-address.ts'
import { safeCallbackUrl } from '#lib/auth/safe-callback-url.ts'
import { currentUser, requirePageUser } from '#lib/auth/session.ts'
import { signInProviders } from '#lib/auth/sign-in-providers.ts'
import { endSessions } from '#lib/db/users.ts'
import { env } from '#lib/env.ts'
import { recordAudit } from '#lib/server/audit.ts'
import { answer, explain, read } from './form-answers.ts'

export async function signInAction(state: AccountFormState, form: FormData): Promise<AccountFormState> {
  const { email, password, callbackUrl } = read(form, 'email', 'password', 'callbackUrl')
  const faults = {
    ...(!email.trim() && { email: 'Type the email of your account.' }),
    ...(!password && { password: 'Type your password.' }),
  }
  if (Object.keys(faults).length > 0) return answer(state, { values: { email }, faults })
  try {
    await signIn('credentials', { email, password, redirect: false })
  } catch (error) {
    return answer(state, { values: { email }, ...explain(error) })
  }
  redirect(safeCallbackUrl(callbackUrl))
}

export async function registerAction(state: AccountFormState, form: FormData): Promise<AccountFormState> {
  const { callbackUrl, ...typed } = read(form, 'name', 'email', 'password', 'callbackUrl')
  const values = { name: typed.name, email: typed.email }
  const outcome = await checkRegistrationForm(typed)
  if ('faults' in outcome) return answer(state, { values, faults: outcome.faults })
  const { email, password } = outcome.checked
  try {
    await register(outcome.checked, await registrationNow(), requestAddress(await headers()))
    await signIn('credentials', { email, password, redirect: false })
  } catch (error) {
    return answer(state, { values, ...explain(error) })
  }
  redirect(safeCallbackUrl(callbackUrl))
}

export async function signInWithProviderAction(form: FormData): Promise<void> {
  const { provider: id, callbackUrl } = read(form, 'provider', 'callbackUrl')
  const provider = signInProviders(env()).find((each) => each.id === id)
  if (!provider) redirect('/login')
  let target: string
  try {
    target = await signIn(provider.id, { redirect: false, redirectTo: safeCallbackUrl(callbackUrl) })
  } catch (error) {
    // The provider could not be asked where to go; logged by next-auth.
    if (!(error instanceof AuthError)) throw error
    target = `/login?error=${error.type}`
  }
  redirect(target)
}

export async function changePasswordAction(
  state: AccountFormState,
  form: FormData,
): Promise<AccountFormState> {
  const user = await requirePageUser('/settings')
  const { currentPassword, newPassword } = read(form, 'currentPassword', 'newPassword')
  try {
    const address = requestAddress(await headers())
    await changePassword({ userId: user.id, current: currentPassword, next: newPassword, address })
    await recordAudit({ action: 'password.changed', actor: user, address })
    // This browser proved itself: it gets a session of the new version.
    await signIn('credentials', { email: user.email, password: newPassword, redirect: false })
  } catch (error) {
    return answer(state, explain(error))
  }
  // Not an answer in place: this page would be drawn again for the cookie that came, whose session has ended.
  redirect('/settings?notice=password')
}

export async function signOutAction(): Promise<void> {
  await signOut({ redirect: false })
  redirect('/login')
}

export async function signOutEverywhereAction(): Promise<void> {
  const user = await currentUser()
  if (user) {
    await endSessions(user.id)
    await recordAudit({ action: 'sessions.ended', actor: user, address: requestAddress(await headers()) })
  }
  await signOut({ redirect: false })
  redirect('/login?notice=everywhere')
}
