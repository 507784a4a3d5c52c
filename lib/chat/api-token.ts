import { formatDay } from './format-day.ts'

/** An API token as the settings show it; what it was is told once, when it is made. */
export interface ApiTokenItem {
  id: string
  name: string
  scope: 'read' | 'write'
  createdAt: string
  /** NULL: it holds until it is revoked. */
  expiresAt: string | null
  /** To the minute; NULL: it was not used yet. */
  lastUsedAt: string | null
}

/** For how many days a token can be made to hold; NULL: until it is revoked. */
export const tokenLifetimes = [30, 90, 365, null] as const

/** What there is to know of a token, in words. */
export function describeToken({ scope, expiresAt, lastUsedAt }: ApiTokenItem, now: Date): string {
  const may = scope === 'write' ? 'Reads and writes' : 'Only reads'
  const used = lastUsedAt === null ? 'not used yet' : `last used on ${formatDay(lastUsedAt)}`
  if (expiresAt === null) return `${may}, ${used}`
  return new Date(expiresAt) <= now
    ? `Ran out on ${formatDay(expiresAt)}, ${used}`
    : `${may} until ${formatDay(expiresAt)}, ${used}`
}
