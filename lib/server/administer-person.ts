import type { AuditAction } from '#lib/chat/audit.ts'
import { type PersonChange, type PersonEntry, roleLabels } from '#lib/chat/person.ts'
import { inTime } from '#lib/db/in-time.ts'
import { changePerson } from '#lib/db/people.ts'
import { endSessions } from '#lib/db/users.ts'
import { recordAudit } from './audit.ts'
import { requirePerson } from './require-person.ts'
import { stopAnswers } from './stop-answers.ts'

/** The administrator who does something, and from where. */
export interface Administrator {
  actor: { id: string; email: string }
  /** From `requestAddress`. */
  address: string
}

/**
 * Changes somebody's role, or whether their account is disabled. Disabling ends their sessions and what their API tokens
 * may, and stops every answer that is being written for them.
 *
 * @throws AppError not_found, last_administrator
 */
export async function administerPerson(
  userId: string,
  change: PersonChange,
  administrator: Administrator,
): Promise<PersonEntry> {
  const before = await requirePerson(userId)
  await changePerson(userId, change)
  if (change.disabled) await stopAnswers(userId)
  const after = await requirePerson(userId)
  if (before.role !== after.role) {
    await record('user.role_changed', after, administrator, roleLabels[after.role])
  }
  if (before.isDisabled !== after.isDisabled) {
    await record(after.isDisabled ? 'user.disabled' : 'user.enabled', after, administrator)
  }
  return after
}

/**
 * Ends every session of a person at its next request. Their API tokens hold.
 *
 * @throws AppError not_found
 */
export async function signOutPerson(userId: string, administrator: Administrator): Promise<void> {
  const person = await requirePerson(userId)
  await inTime(endSessions(userId))
  await record('user.signed_out', person, administrator)
}

async function record(
  action: AuditAction,
  { id, email }: PersonEntry,
  administrator: Administrator,
  outcome?: string,
) {
  await recordAudit({ action, ...administrator, subject: { id, name: email, ...(outcome && { outcome }) } })
}
