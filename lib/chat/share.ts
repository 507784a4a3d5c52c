import { formatDay } from './format-day.ts'
import { writerLabel } from './import-sources.ts'
import type { Message } from './types.ts'

/** For how many days a link to a shared copy can work; NULL: until it is revoked. */
export const shareDays = [1, 7, 30, null] as const

export type ShareDays = (typeof shareDays)[number]

/** The longest name that a copy can say it was shared by, in UTF-16 units after trimming. */
export const MAX_SHARER_LENGTH = 80

/** How many copies a person can share at a time. */
export const MAX_SHARES = 500

/** A message as a shared copy has it. */
export interface SharedMessage {
  /** Who answered: the persona, as people see it, or where the answer was imported from; NULL: the person asked. */
  persona: string | null
  text: string
  /** Of an answer that broke off or was stopped. */
  isUnfinished?: true
}

/** A shared copy as its owner sees it. */
export interface ShareItem {
  id: string
  conversationId: string
  /** Where it is read, on this server. */
  path: string
  title: string
  /** NULL: nobody is named. */
  sharedBy: string | null
  copiedAt: string
  /** NULL: until it is revoked. */
  expiresAt: string | null
  /** Whether more was written in the conversation since. */
  isBehind: boolean
}

/** A shared copy as whoever has its address reads it. */
export interface SharedCopy extends Pick<ShareItem, 'title' | 'sharedBy' | 'copiedAt' | 'expiresAt'> {
  messages: SharedMessage[]
}

/**
 * What is told of the messages of a branch: who speaks, and what is said. Answers that came to nothing are left out.
 *
 * @param personaLabel the name of a persona as people see it
 */
export function sharedMessages(
  messages: readonly Message[],
  personaLabel: (id: string) => string,
): SharedMessage[] {
  return messages.flatMap((message): SharedMessage[] => {
    const text = message.text.trim()
    if (text === '') return []
    if (message.role === 'user') return [{ persona: null, text }]
    const { generation } = message
    const persona = writerLabel(generation, personaLabel)
    return [{ persona, text, ...(generation.status !== 'complete' && { isUnfinished: true }) }]
  })
}

/** What there is to know of a shared copy, in words. */
export function describeShare({
  sharedBy,
  copiedAt,
  expiresAt,
}: Pick<ShareItem, 'sharedBy' | 'copiedAt' | 'expiresAt'>): string {
  const until = expiresAt === null ? '' : `, until ${formatDay(expiresAt)}`
  return `As of ${formatDay(copiedAt)}${sharedBy === null ? '' : `, by ${sharedBy}`}${until}`
}
