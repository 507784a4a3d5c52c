import type { Metadata } from 'next'
import { cookies } from 'next/headers'
import { AdminPage } from '#components/admin/admin-page.tsx'
import { JobList } from '#components/admin/job-list.tsx'
import { ModelList } from '#components/admin/model-list.tsx'
import { SettingsSection } from '#components/settings/settings-section.tsx'
import { requirePageAdministrator } from '#lib/auth/session.ts'
import { TIME_ZONE_COOKIE, timeZoneFrom } from '#lib/chat/time-zone.ts'
import { listJobs } from '#lib/db/jobs.ts'
import { areJobsRunning } from '#lib/server/jobs.ts'
import { modelHealth } from '#lib/server/model-health.ts'

export const metadata: Metadata = { title: 'Administration: system' }

export default async function SystemPage() {
  await requirePageAdministrator('/admin/system')
  const [health, jobs, jar] = await Promise.all([modelHealth(), listJobs(), cookies()])
  const timeZone = timeZoneFrom(jar.get(TIME_ZONE_COOKIE)?.value)
  return (
    <AdminPage
      current="/admin/system"
      intro="How the models answer, and what is done in the background. Reload the page for the newest."
    >
      <SettingsSection
        title="Models"
        about="Calls of the last 24 hours, by everybody. A model that fails five times in a row is left alone for 30 seconds; each instance sees that for itself."
      >
        <ModelList models={health} timeZone={timeZone} />
      </SettingsSection>
      <SettingsSection
        title="Jobs"
        about="Titles, summaries and the like. What waits or runs, and what failed for good."
      >
        {!areJobsRunning() && (
          <p role="status" className="text-danger text-sm">
            This instance takes no jobs at the moment. See its log.
          </p>
        )}
        <JobList jobs={jobs} timeZone={timeZone} />
      </SettingsSection>
    </AdminPage>
  )
}
