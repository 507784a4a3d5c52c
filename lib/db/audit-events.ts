import { v7 as uuidv7 } from 'uuid'
import { type AuditAction, type AuditEntry, isAuditAction } from '#lib/chat/audit.ts'
import { db } from './client.ts'

/** What is to be put down. */
export interface NewAuditEvent {
  action: AuditAction
  /** Who did it; missing: nobody who was signed in. */
  actor?: { id: string; email: string }
  /** Whom or what it was done to. */
  subject?: {
    id?: string
    name: string
    /** What became of it, where the action does not say. */
    outcome?: string
  }
  /** From `requestAddress`. */
  address?: string
}

interface AuditQuery {
  /** NULL: all of them. */
  action: AuditAction | null
  /** Only what came before this entry; NULL: from the newest. */
  before: string | null
}

export interface AuditPage {
  entries: AuditEntry[]
  /** Pass as `before` to get the next page; NULL at the end. */
  nextBefore: string | null
}

const PAGE_SIZE = 50

/** Puts down what was done. */
export async function insertAuditEvent({ action, actor, subject, address }: NewAuditEvent): Promise<void> {
  await db().auditEvent.create({
    data: {
      id: uuidv7(),
      action,
      actorId: actor?.id ?? null,
      actor: actor?.email ?? null,
      subject:
        subject?.outcome === undefined ? (subject?.name ?? null) : `${subject.name}: ${subject.outcome}`,
      subjectId: subject?.id ?? null,
      address: address === undefined || address === 'unknown' ? null : address,
    },
    select: { id: true },
  })
}

/** What was done, newest first; for administrators. */
export async function listAuditEvents({ action, before }: AuditQuery): Promise<AuditPage> {
  const rows = await db().auditEvent.findMany({
    where: { ...(action && { action }), ...(before && { id: { lt: before } }) },
    orderBy: { id: 'desc' },
    take: PAGE_SIZE + 1,
    select: { id: true, at: true, actor: true, action: true, subject: true, address: true },
  })
  const shown = rows.slice(0, PAGE_SIZE)
  const entries = shown.flatMap(({ at, action: name, ...row }) =>
    isAuditAction(name) ? [{ ...row, action: name, at: at.toISOString() }] : [],
  )
  return { entries, nextBefore: rows.length > PAGE_SIZE ? (shown.at(-1)?.id ?? null) : null }
}
