import type { Metadata } from 'next'
import Link from 'next/link'
import { redirect } from 'next/navigation'
import { Divider } from '#components/account/divider.tsx'
import { ACCOUNT_DELETED, PageHeading } from '#components/account/page-heading.tsx'
import { ProviderButtons } from '#components/account/provider-buttons.tsx'
import { RegisterForm } from '#components/account/register-form.tsx'
import { registrationNow } from '#lib/auth/registration-now.ts'
import { safeCallbackUrl } from '#lib/auth/safe-callback-url.ts'
import { currentUser } from '#lib/auth/session.ts'
import { signInProviders } from '#lib/auth/sign-in-providers.ts'
import { hasUsers } from '#lib/db/users.ts'
import { env } from '#lib/env.ts'
import { registerAction, signInWithProviderAction } from '../actions.ts'

export const metadata: Metadata = { title: 'Create account' }

export default async function RegisterPage({ searchParams }: PageProps<'/register'>) {
  const { callbackUrl: wanted, notice } = await searchParams
  const callbackUrl = safeCallbackUrl(wanted)
  if (await currentUser()) redirect(callbackUrl)

  const registration = await registrationNow()
  const isFirst = !(await hasUsers())
  if (registration === 'closed' || (registration === 'first' && !isFirst)) {
    return <RegistrationClosed isFirst={isFirst} />
  }
  const providers = signInProviders(env())
  return (
    <>
      <PageHeading title={isFirst ? 'Create the first account' : 'Create account'}>
        {notice === 'deleted' && `${ACCOUNT_DELETED} `}
        {isFirst &&
          'This Stoa has none yet, so yours will be the administrator’s. The first page says which model answers, and how others get in.'}
      </PageHeading>
      <RegisterForm action={registerAction} hidden={{ callbackUrl }} />
      {providers.length > 0 && (
        <>
          <Divider label="or" />
          <ProviderButtons
            providers={providers}
            action={signInWithProviderAction}
            callbackUrl={callbackUrl}
            verb="Continue with"
          />
        </>
      )}
      {!isFirst && <SignInLink />}
    </>
  )
}

function RegistrationClosed({ isFirst }: { isFirst: boolean }) {
  return (
    <>
      <PageHeading title="Registration is closed">
        {isFirst
          ? 'To create the first account, start Stoa with REGISTRATION=first.'
          : 'This Stoa takes no new accounts. To get one, ask its administrator for an invitation.'}
      </PageHeading>
      <SignInLink />
    </>
  )
}

function SignInLink() {
  return (
    <p className="mt-8 text-muted text-sm">
      Have an account?{' '}
      <Link href="/login" className="text-foreground underline underline-offset-4">
        Sign in
      </Link>
    </p>
  )
}
