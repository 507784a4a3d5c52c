import type { Metadata } from 'next'
import Link from 'next/link'
import { redirect } from 'next/navigation'
import { Divider } from '#components/account/divider.tsx'
import { ACCOUNT_DELETED, PageHeading } from '#components/account/page-heading.tsx'
import { ProviderButtons } from '#components/account/provider-buttons.tsx'
import { SignInForm } from '#components/account/sign-in-form.tsx'
import { UnsentNote } from '#components/account/unsent-note.tsx'
import { ForgetKept } from '#components/offline/forget-kept.tsx'
import { describeSignInError } from '#lib/auth/describe-sign-in-error.ts'
import { registrationNow } from '#lib/auth/registration-now.ts'
import { safeCallbackUrl } from '#lib/auth/safe-callback-url.ts'
import { currentUser } from '#lib/auth/session.ts'
import { signInProviders } from '#lib/auth/sign-in-providers.ts'
import { hasUsers } from '#lib/db/users.ts'
import { env } from '#lib/env.ts'
import { signInAction, signInWithProviderAction } from '../actions.ts'

export const metadata: Metadata = { title: 'Sign in' }

export default async function LoginPage({ searchParams }: PageProps<'/login'>) {
  const query = await searchParams
  const error = firstOf(query.error)
  const callbackUrl = safeCallbackUrl(firstOf(query.callbackUrl))
  // next-auth sends every failure here, also of linking an account while signed in.
  if (await currentUser()) redirect(error ? `/settings?error=${encodeURIComponent(error)}` : callbackUrl)

  const registration = await registrationNow()
  const passOn = callbackUrl === '/' ? '' : `?callbackUrl=${encodeURIComponent(callbackUrl)}`
  const isDeleted = query.notice === 'deleted'
  if (registration !== 'closed' && !(await hasUsers()))
    redirect(`/register${isDeleted ? '?notice=deleted' : passOn}`)

  const providers = signInProviders(env())
  return (
    <>
      <PageHeading title="Sign in">
        {query.notice === 'everywhere' && 'You are signed out everywhere.'}
        {isDeleted && ACCOUNT_DELETED}
      </PageHeading>
      <UnsentNote />
      <ForgetKept />
      <SignInForm
        action={signInAction}
        callbackUrl={callbackUrl}
        fault={describeSignInError(error, firstOf(query.code))}
      />
      <p className="mt-6 text-pretty text-muted text-sm">
        Forgot your password? An administrator can make you a link for a new one.
      </p>
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
      {registration === 'open' && (
        <p className="mt-8 text-muted text-sm">
          New here?{' '}
          <Link href={`/register${passOn}`} className="text-foreground underline underline-offset-4">
            Create an account
          </Link>
        </p>
      )}
    </>
  )
}

function firstOf(value: string | string[] | undefined): string | undefined {
  return Array.isArray(value) ? value[0] : value
}
