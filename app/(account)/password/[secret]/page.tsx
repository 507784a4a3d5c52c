import type { Metadata } from 'next'
import { LinkOver } from '#components/account/link-over.tsx'
import { NewPasswordForm } from '#components/account/new-password-form.tsx'
import { PageHeading } from '#components/account/page-heading.tsx'
import { hashSecret } from '#lib/auth/secret-token.ts'
import { inTime } from '#lib/db/in-time.ts'
import { findPasswordReset, resetNotValid } from '#lib/db/password-resets.ts'
import { resetPasswordAction } from '../../link-actions.ts'

export const metadata: Metadata = { title: 'New password', referrer: 'no-referrer' }

export default async function NewPasswordPage({ params }: PageProps<'/password/[secret]'>) {
  const { secret } = await params
  const person = await inTime(findPasswordReset(hashSecret(secret)))
  if (!person)
    return <LinkOver title="This link does not work any more">{resetNotValid().userMessage}</LinkOver>
  return (
    <>
      <PageHeading title="Set a new password">For the account of {person.email}.</PageHeading>
      <NewPasswordForm action={resetPasswordAction} email={person.email} secret={secret} />
    </>
  )
}
