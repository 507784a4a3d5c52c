'use server'

import { headers } from 'next/headers'
import { redirect } from 'next/navigation'
import type { AccountFormState } from '#components/account/form-state.ts'
import { signIn } from '#lib/auth/auth.ts'
import { checkRegistrationForm, register } from '#lib/auth/register.ts'
import { requestAddress } from '#lib/auth/request-address.ts'
import { resetPasswordByLink } from '#lib/auth/reset-password.ts'
import { hashSecret } from '#lib/auth/secret-token.ts'
import { roleLabels } from '#lib/chat/person.ts'
import { recordAudit } from '#lib/server/audit.ts'
import { answer, explain, read } from './form-answers.ts'

/** Makes an account by an invitation, and signs it in. */
export async function acceptInvitationAction(
  state: AccountFormState,
  form: FormData,
): Promise<AccountFormState> {
  const { secret, ...typed } = read(form, 'name', 'email', 'password', 'secret')
  const values = { name: typed.name, email: typed.email }
  const outcome = await checkRegistrationForm(typed)
  if ('faults' in outcome) return answer(state, { values, faults: outcome.faults })
  const { email, password } = outcome.checked
  try {
    const address = requestAddress(await headers())
    const actor = await register(outcome.checked, { invitation: hashSecret(secret) }, address)
    await recordAudit({
      action: 'invitation.used',
      actor,
      subject: { name: roleLabels[actor.role] },
      address,
    })
    await signIn('credentials', { email, password, redirect: false })
  } catch (error) {
    return answer(state, { values, ...explain(error) })
  }
  redirect('/')
}

/** Sets a password by a link, and signs in with it. */
export async function resetPasswordAction(
  state: AccountFormState,
  form: FormData,
): Promise<AccountFormState> {
  const { secret, newPassword } = read(form, 'secret', 'newPassword')
  try {
    const person = await resetPasswordByLink(secret, newPassword)
    const address = requestAddress(await headers())
    await recordAudit({ action: 'password.reset', actor: person, address })
    await signIn('credentials', { email: person.email, password: newPassword, redirect: false })
  } catch (error) {
    return answer(state, explain(error))
  }
  redirect('/')
}
