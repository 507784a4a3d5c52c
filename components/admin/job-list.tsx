'use client'

import { call } from '#components/chat/chat-api.ts'
import { FaultLine } from '#components/settings/fault-line.tsx'
import { useRequest } from '#components/settings/use-request.ts'
import { Button } from '#components/ui/button.tsx'
import type { JobEntry } from '#lib/chat/operations.ts'
import { formatTime } from './format-time.ts'

const stateLabels: Record<JobEntry['state'], string> = {
  created: 'Waits',
  retry: 'Waits to be tried again',
  active: 'Runs',
  failed: 'Failed',
}

/** The background jobs that have not ended well; what failed for good can be tried again. */
export function JobList({ jobs, timeZone }: { jobs: JobEntry[]; timeZone: string }) {
  if (jobs.length === 0) return <p className="text-muted text-sm">Nothing waits, and nothing has failed.</p>
  return (
    <ul className="-my-3 divide-y divide-line">
      {jobs.map((job) => (
        <JobRow key={job.id} job={job} timeZone={timeZone} />
      ))}
    </ul>
  )
}

function JobRow({ job, timeZone }: { job: JobEntry; timeZone: string }) {
  const { id, queue, state, attempts, createdAt, failure } = job
  const { isBusy, fault, run } = useRequest()
  const retry = () => call('POST', `/api/jobs/${encodeURIComponent(queue)}/${id}/retry`)
  return (
    <li className="flex flex-wrap items-start justify-between gap-x-4 gap-y-2 py-3 text-sm">
      <div className="min-w-0">
        <p>
          <span className="font-medium">{queue}</span>{' '}
          <span className={state === 'failed' ? 'text-danger' : 'text-muted'}>{stateLabels[state]}</span>
        </p>
        <p className="text-muted tabular-nums">
          Since {formatTime(createdAt, timeZone)}
          {attempts > 0 && `, tried ${attempts === 1 ? 'once' : `${attempts} times`}`}
          {failure && `, ${failure}`}
        </p>
        <FaultLine fault={fault} />
      </div>
      {state === 'failed' && (
        <Button size="small" isBusy={isBusy} onClick={() => void run(retry)}>
          Try again<span className="sr-only"> {queue}</span>
        </Button>
      )}
    </li>
  )
}
