import type { Metadata } from 'next'
import { cookies } from 'next/headers'
import { AdminPage } from '#components/admin/admin-page.tsx'
import { AuditFilter } from '#components/admin/audit-filter.tsx'
import { AuditList } from '#components/admin/audit-list.tsx'
import { NextPage } from '#components/admin/next-page.tsx'
import { requirePageAdministrator } from '#lib/auth/session.ts'
import { auditActionFrom } from '#lib/chat/audit.ts'
import { idFrom } from '#lib/chat/id-from.ts'
import { TIME_ZONE_COOKIE, timeZoneFrom } from '#lib/chat/time-zone.ts'
import { listAuditEvents } from '#lib/db/audit-events.ts'

export const metadata: Metadata = { title: 'Administration: audit log' }

export default async function AuditPage({ searchParams }: PageProps<'/admin/audit'>) {
  await requirePageAdministrator('/admin/audit')
  const query = await searchParams
  const action = auditActionFrom(query.action)
  const before = idFrom(query.before)
  const [{ entries, nextBefore }, jar] = await Promise.all([listAuditEvents({ action, before }), cookies()])
  const path = action === null ? '/admin/audit?' : `/admin/audit?action=${action}&`
  return (
    <AdminPage
      current="/admin/audit"
      intro="What was done that matters for security. Nothing of what people write is in it."
    >
      <AuditFilter action={action} />
      <AuditList entries={entries} timeZone={timeZoneFrom(jar.get(TIME_ZONE_COOKIE)?.value)} />
      <NextPage
        first={before === null ? null : path.slice(0, -1)}
        next={nextBefore === null ? null : `${path}before=${nextBefore}`}
      />
    </AdminPage>
  )
}
