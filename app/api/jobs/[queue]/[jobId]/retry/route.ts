import { requestAddress } from '#lib/auth/request-address.ts'
import { requireAdministrator } from '#lib/auth/session.ts'
import { answerErrors } from '#lib/server/answer-errors.ts'
import { recordAudit } from '#lib/server/audit.ts'
import { retryJob } from '#lib/server/jobs.ts'
import { jobFrom, jobNotFound } from '#lib/server/path-ids.ts'
import { requireOwnOrigin } from '#lib/server/require-own-origin.ts'

/** Has a job that failed for good be tried once more; for administrators. */
export function POST(
  request: Request,
  context: RouteContext<'/api/jobs/[queue]/[jobId]/retry'>,
): Promise<Response> {
  return answerErrors(async () => {
    const actor = await requireAdministrator()
    requireOwnOrigin(request)
    const { queue, jobId } = jobFrom(await context.params)
    if (!(await retryJob(queue, jobId))) throw jobNotFound()
    const address = requestAddress(request.headers)
    await recordAudit({ action: 'job.retried', actor, subject: { id: jobId, name: queue }, address })
    return new Response(null, { status: 204 })
  })
}
