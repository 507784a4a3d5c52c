import type { Metadata } from 'next'
import { cookies } from 'next/headers'
import Link from 'next/link'
import { DocumentPage } from '#components/chat/document-page.tsx'
import { buttonClass } from '#components/ui/button.tsx'
import { LinkSwitch } from '#components/ui/link-switch.tsx'
import { MonthLine } from '#components/usage/month-line.tsx'
import { UsageSections } from '#components/usage/usage-sections.tsx'
import { UsageTotals } from '#components/usage/usage-totals.tsx'
import { requirePageUser } from '#lib/auth/session.ts'
import { lastDays } from '#lib/chat/local-days.ts'
import { TIME_ZONE_COOKIE, timeZoneFrom } from '#lib/chat/time-zone.ts'
import { usagePeriodFrom, usagePeriods } from '#lib/chat/usage-report.ts'
import { readMonthSpending } from '#lib/db/usage-events.ts'
import { readUsageReport } from '#lib/db/usage-report.ts'
import { promptLibrary } from '#lib/prompts/library.ts'
import { defaultBudget } from '#lib/server/turn-setting.ts'

export const metadata: Metadata = { title: 'Usage' }

export default async function UsagePage({ searchParams }: PageProps<'/usage'>) {
  const period = usagePeriodFrom((await searchParams).days)
  const user = await requirePageUser(`/usage?days=${period}`)
  const timeZone = timeZoneFrom((await cookies()).get(TIME_ZONE_COOKIE)?.value)
  const [report, month] = await Promise.all([
    readUsageReport(user.id, lastDays(period, timeZone, new Date())),
    readMonthSpending(user.id, defaultBudget()),
  ])
  const personas = Object.fromEntries(promptLibrary().personas.map(({ id, label }) => [id, label]))
  return (
    <DocumentPage
      title="Usage"
      intro="Every call of a model that was made for you, titles and summaries included."
      actions={
        <>
          {user.role === 'administrator' && (
            <Link href="/admin" prefetch={false} className={buttonClass()}>
              Budgets
            </Link>
          )}
          {report.total.calls > 0 && (
            <a href={`/api/usage/csv?days=${period}`} download className={buttonClass()}>
              Download CSV
            </a>
          )}
        </>
      }
    >
      <MonthLine {...month} />
      <div className="mb-8 flex flex-wrap items-center gap-x-4 gap-y-2">
        <LinkSwitch
          label="Period"
          options={usagePeriods.map((days) => ({
            href: `/usage?days=${days}`,
            label: `${days} days`,
            isCurrent: days === period,
          }))}
        />
        <p className="text-muted text-sm">Days of {timeZone.replaceAll('_', ' ')}</p>
      </div>
      {report.total.calls > 0 ? (
        <>
          <UsageTotals total={report.total} />
          <UsageSections report={report} personas={personas} />
        </>
      ) : (
        <p className="text-muted">
          No model was called for you in the last {period} days. What your next message takes is told here.
        </p>
      )}
    </DocumentPage>
  )
}
