import type { Metadata } from 'next'
import { cookies } from 'next/headers'
import { AdminPage } from '#components/admin/admin-page.tsx'
import { InviteButton } from '#components/admin/invite-button.tsx'
import { NextPage } from '#components/admin/next-page.tsx'
import { OpenInvitations } from '#components/admin/open-invitations.tsx'
import { PeopleList } from '#components/admin/people-list.tsx'
import { RegistrationForm } from '#components/admin/registration-form.tsx'
import { SettingsSection } from '#components/settings/settings-section.tsx'
import { requirePageAdministrator } from '#lib/auth/session.ts'
import { idFrom } from '#lib/chat/id-from.ts'
import { TIME_ZONE_COOKIE, timeZoneFrom } from '#lib/chat/time-zone.ts'
import { listOpenInvitations } from '#lib/db/invitations.ts'
import { listPeople } from '#lib/db/people.ts'
import { findRegistration } from '#lib/db/settings.ts'
import { env } from '#lib/env.ts'

export const metadata: Metadata = { title: 'Administration' }

export default async function PeoplePage({ searchParams }: PageProps<'/admin'>) {
  await requirePageAdministrator('/admin')
  const before = idFrom((await searchParams).before)
  const [{ people, nextBefore }, invitations, registration, jar] = await Promise.all([
    listPeople(before),
    listOpenInvitations(),
    findRegistration(),
    cookies(),
  ])
  const timeZone = timeZoneFrom(jar.get(TIME_ZONE_COOKIE)?.value)
  return (
    <AdminPage
      current="/admin"
      intro="Who has an account here, and who can get one."
      actions={<InviteButton />}
    >
      <div className="mb-12">
        <PeopleList people={people} />
        <NextPage
          first={before === null ? null : '/admin'}
          next={nextBefore === null ? null : `/admin?before=${nextBefore}`}
        />
      </div>
      <SettingsSection
        title="Invitations"
        about="Links that were made and not used yet. Their secrets are not kept, so they cannot be shown again."
      >
        <OpenInvitations invitations={invitations} timeZone={timeZone} />
      </SettingsSection>
      <SettingsSection title="Registration" about="Who may make an account without an invitation.">
        <RegistrationForm chosen={registration} configured={env().REGISTRATION} />
      </SettingsSection>
    </AdminPage>
  )
}
