import type { Metadata } from 'next'
import { LinkOver } from '#components/account/link-over.tsx'
import { PageHeading } from '#components/account/page-heading.tsx'
import { RegisterForm } from '#components/account/register-form.tsx'
import { hashSecret } from '#lib/auth/secret-token.ts'
import { currentUser } from '#lib/auth/session.ts'
import { inTime } from '#lib/db/in-time.ts'
import { findInvitation } from '#lib/db/invitations.ts'
import { acceptInvitationAction } from '../../link-actions.ts'

export const metadata: Metadata = { title: 'Invitation', referrer: 'no-referrer' }

export default async function InvitationPage({ params }: PageProps<'/invitation/[secret]'>) {
  const { secret } = await params
  const [user, invitation] = await Promise.all([currentUser(), inTime(findInvitation(hashSecret(secret)))])
  if (!invitation) {
    return (
      <LinkOver title="There is no such invitation">
        It may have been withdrawn, or the link is not whole. Ask whoever sent it for a new one.
      </LinkOver>
    )
  }
  if (invitation.state === 'used') {
    return (
      <LinkOver title="This invitation has been used">
        It was for one account, which has been made. If it is yours, sign in; else ask whoever sent the link
        for another one.
      </LinkOver>
    )
  }
  if (invitation.state === 'expired') {
    return <LinkOver title="This invitation has run out">Ask whoever sent the link for a new one.</LinkOver>
  }
  return (
    <>
      <PageHeading title="You are invited">
        {invitation.role === 'administrator'
          ? 'Make your account. You will be an administrator of this Stoa.'
          : 'Make your account, and begin.'}
        {user && ` You are signed in as ${user.email}: the account that you make here is another one.`}
      </PageHeading>
      <RegisterForm action={acceptInvitationAction} hidden={{ secret }} />
    </>
  )
}
