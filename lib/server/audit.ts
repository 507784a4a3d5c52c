import { insertAuditEvent, type NewAuditEvent } from '#lib/db/audit-events.ts'
import { inTime } from '#lib/db/in-time.ts'
import { log } from '#lib/log.ts'

/**
 * Puts down in the audit log what was done, after it was done. When that fails it goes to the server's log: what is done
 * is done, and whoever did it must not be told that it was not.
 *
 * @example await recordAudit({ action: 'token.made', actor: user, subject: { id, name }, address: requestAddress(request.headers) })
 */
export async function recordAudit(event: NewAuditEvent): Promise<void> {
  try {
    await inTime(insertAuditEvent(event))
  } catch (error) {
    const { action, actor, subject } = event
    log().error(
      { error: String(error), action, actorId: actor?.id, subjectId: subject?.id },
      'this could not be put down in the audit log',
    )
  }
}
