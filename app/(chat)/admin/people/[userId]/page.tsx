import type { Metadata } from 'next'
import { cookies } from 'next/headers'
import { notFound } from 'next/navigation'
import { formatTime } from '#components/admin/format-time.ts'
import { PersonSections } from '#components/admin/person-sections.tsx'
import { DocumentPage } from '#components/chat/document-page.tsx'
import { requirePageAdministrator } from '#lib/auth/session.ts'
import { idFrom } from '#lib/chat/id-from.ts'
import { formatMoney } from '#lib/chat/money.ts'
import { TIME_ZONE_COOKIE, timeZoneFrom } from '#lib/chat/time-zone.ts'
import { findPerson } from '#lib/db/people.ts'
import { defaultBudget } from '#lib/server/turn-setting.ts'

export const metadata: Metadata = { title: 'Person' }

export default async function PersonPage({ params }: PageProps<'/admin/people/[userId]'>) {
  const { userId } = await params
  await requirePageAdministrator(`/admin/people/${encodeURIComponent(userId)}`)
  const id = idFrom(userId)
  const person = id === null ? null : await findPerson(id)
  if (!person) notFound()
  const timeZone = timeZoneFrom((await cookies()).get(TIME_ZONE_COOKIE)?.value)
  const usual = defaultBudget()
  return (
    <DocumentPage
      title={person.name}
      parent={{ href: '/admin', label: 'Administration' }}
      intro={
        <>
          <span className="wrap-anywhere">{person.email}</span>, here since{' '}
          {formatTime(person.createdAt, timeZone)}.
          {person.isDisabled && (
            <strong className="font-medium text-danger"> This account is disabled.</strong>
          )}
        </>
      }
    >
      <PersonSections
        person={person}
        usualBudget={usual === null ? 'no limit' : `${formatMoney(usual)} a month`}
      />
    </DocumentPage>
  )
}
