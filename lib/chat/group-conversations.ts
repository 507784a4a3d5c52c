import type { ConversationListItem } from './types.ts'

export interface ConversationGroup {
  /** "Today", "Yesterday", "Previous 7 days", "October", "December 2025" */
  label: string
  conversations: ConversationListItem[]
}

const DAY_MS = 86_400_000

const months = [
  ...['January', 'February', 'March', 'April', 'May', 'June'],
  ...['July', 'August', 'September', 'October', 'November', 'December'],
]

/**
 * Groups a list that is ordered from the newest activity by its age in the person's own days; months of other years
 * name their year.
 *
 * @param timeZone an IANA name
 */
export function groupConversations(
  conversations: readonly ConversationListItem[],
  { now, timeZone }: { now: Date; timeZone: string },
): ConversationGroup[] {
  const days = dayReader(timeZone)
  const today = days(now)
  const labelAt = (place: number) =>
    labelOf(days(new Date(conversations[place]?.lastActivityAt ?? now)), today)
  const groups: ConversationGroup[] = []
  for (let from = 0; from < conversations.length; ) {
    const label = labelAt(from)
    // Telling the day of each of ten thousand takes longer than a frame.
    let [known, to] = [from, conversations.length]
    while (to - known > 1) {
      const middle = (known + to) >> 1
      if (labelAt(middle) === label) known = middle
      else to = middle
    }
    groups.push({ label, conversations: conversations.slice(from, to) })
    from = to
  }
  return groups
}

interface Day {
  year: number
  month: number
  /** Days since 1970, so that days can be subtracted whatever the clocks did between them. */
  number: number
}

function labelOf(day: Day, today: Day): string {
  const age = today.number - day.number
  // A clock that is ahead of this one's makes a day of tomorrow.
  if (age <= 0) return 'Today'
  if (age === 1) return 'Yesterday'
  if (age <= 7) return 'Previous 7 days'
  const month = months[day.month - 1] ?? ''
  return day.year === today.year ? month : `${month} ${day.year}`
}

function dayReader(timeZone: string): (date: Date) => Day {
  const format = new Intl.DateTimeFormat('en-CA', {
    timeZone,
    year: 'numeric',
    month: '2-digit',
    day: '2-digit',
  })
  return (date) => {
    const [year = 0, month = 1, day = 1] = format.format(date).split('-').map(Number)
    return { year, month, number: Date.UTC(year, month - 1, day) / DAY_MS }
  }
}
