import type { Metadata } from 'next'
import type { ReactNode } from 'react'
import { PageHeading } from '#components/account/page-heading.tsx'
import { PasswordForm } from '#components/account/password-form.tsx'
import { ProviderButtons } from '#components/account/provider-buttons.tsx'
import { Button } from '#components/ui/button.tsx'
import { describeSignInError } from '#lib/auth/describe-sign-in-error.ts'
import { requirePageUser } from '#lib/auth/session.ts'
import { signInProviders } from '#lib/auth/sign-in-providers.ts'
import { findUserById, linkedProviders } from '#lib/db/users.ts'
import { env } from '#lib/env.ts'
import { changePasswordAction, signInWithProviderAction, signOutEverywhereAction } from '../actions.ts'

export const metadata: Metadata = { title: 'Account' }

export default async function AccountPage({ searchParams }: PageProps<'/account'>) {
  const { error, notice } = await searchParams
  const { id, name, email } = await requirePageUser('/account')
  const [user, linked] = await Promise.all([findUserById(id), linkedProviders(id)])
  const providers = signInProviders(env())
  const unlinked = providers.filter((provider) => !linked.includes(provider.id))
  const fault = describeSignInError(typeof error === 'string' ? error : undefined, undefined)
  return (
    <>
      <PageHeading title="Account" home="Back to your conversations">
        {name} · {email}
      </PageHeading>
      {fault && (
        <p role="alert" className="mb-6 rounded-lg bg-danger-soft px-3 py-2.5 text-danger text-sm">
          {fault}
        </p>
      )}
      <Section title="Password">
        {notice === 'password' && (
          <p role="status" className="text-pretty text-sm">
            Your password is changed. Every other session has ended.
          </p>
        )}
        <PasswordForm action={changePasswordAction} email={email} hasPassword={Boolean(user?.passwordHash)} />
      </Section>
      {providers.length > 0 && (
        <Section title="Other ways to sign in">
          {providers
            .filter((provider) => linked.includes(provider.id))
            .map((provider) => (
              <p key={provider.id} className="text-sm">
                {provider.name} <span className="text-muted">is connected.</span>
              </p>
            ))}
          <ProviderButtons
            providers={unlinked}
            action={signInWithProviderAction}
            callbackUrl="/account"
            verb="Connect"
          />
        </Section>
      )}
      <Section title="Sessions">
        <p className="text-muted text-sm">Signs you out in every browser, this one included.</p>
        <form action={signOutEverywhereAction}>
          <Button type="submit">Sign out everywhere</Button>
        </form>
      </Section>
    </>
  )
}

function Section({ title, children }: { title: string; children: ReactNode }) {
  return (
    <section className="mb-8 flex flex-col gap-4 border-line border-t pt-6">
      <h2 className="font-medium">{title}</h2>
      {children}
    </section>
  )
}
