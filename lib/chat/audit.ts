/** What is put down in the audit log, with the words for it after the name of whoever did it. */
export const auditActions = {
  'user.role_changed': 'changed the role of',
  'user.disabled': 'disabled the account of',
  'user.enabled': 'enabled the account of',
  'user.signed_out': 'ended every session of',
  'user.budget_changed': 'changed the budget of',
  'invitation.made': 'invited somebody as',
  'invitation.withdrawn': 'withdrew an invitation as',
  'invitation.used': 'joined by an invitation as',
  'password.reset_made': 'made a password link for',
  'password.reset': 'set a new password by a link',
  'password.changed': 'changed the own password',
  'sessions.ended': 'signed out everywhere',
  'registration.changed': 'changed who may sign up:',
  'account.deleted': 'deleted the own account',
  'sign-in.locked': 'used up the attempts to sign in',
  'job.retried': 'tried again the job',
  'token.made': 'made the API token',
  'token.revoked': 'revoked the API token',
  'share.created': 'shared a conversation, as',
  'share.updated': 'updated the shared copy',
  'share.revoked': 'revoked the shared copy',
  'telegram.linked': 'linked a Telegram chat',
  'telegram.unlinked': 'unlinked a Telegram chat',
} as const satisfies Record<string, string>

export type AuditAction = keyof typeof auditActions

/** Something that was done, as administrators see it. */
export interface AuditEntry {
  id: string
  at: string
  /** As they were called then; NULL: nobody who was signed in. */
  actor: string | null
  action: AuditAction
  /** Whom or what it was done to, as it was called then; with what became of it, where the action does not say. */
  subject: string | null
  /** Where it came from; NULL when it is not known. */
  address: string | null
}

/** The action that a query names; NULL: all of them. */
export function auditActionFrom(value: string | string[] | undefined): AuditAction | null {
  return typeof value === 'string' && isAuditAction(value) ? value : null
}

/** Whether a name is that of an action; one of a later version is not. */
export function isAuditAction(name: string): name is AuditAction {
  return Object.hasOwn(auditActions, name)
}
