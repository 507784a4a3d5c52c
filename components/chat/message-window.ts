/**
 * No more messages than these are drawn at once, however many were read: about 3,000 nodes. By fewer the shortest messages
 * would not fill a tall screen and what is kept above and below it.
 */
const MOST_DRAWN = 48

/** By how many the drawn ones move on when one scrolls near an end of them. */
const STEP = 16

/**
 * Where the drawn messages begin: `end`: as many as may be, up to the last one. Otherwise after a message (NULL: with the
 * first that was read); a message that is shown before others stays there on every branch.
 */
export type WindowStart = 'end' | { after: string | null }

/** The indices of the drawn messages; `end` is not drawn any more. */
export interface MessageWindow {
  first: number
  end: number
}

export function windowOf(ids: readonly string[], start: WindowStart): MessageWindow {
  const last = Math.max(0, ids.length - MOST_DRAWN)
  const after = start === 'end' || start.after === null ? -1 : ids.indexOf(start.after)
  const isLost = start === 'end' || (start.after !== null && after < 0)
  const first = isLost ? last : Math.min(after + 1, last)
  return { first, end: Math.min(ids.length, first + MOST_DRAWN) }
}

/** The start that draws what is drawn already, whatever comes after it. */
export function heldStart(ids: readonly string[], { first }: MessageWindow): WindowStart {
  return { after: ids[first - 1] ?? null }
}

/** The start of a window that has moved on towards older messages, or newer ones; NULL when there are none. */
export function movedStart(
  ids: readonly string[],
  { first, end }: MessageWindow,
  direction: 'older' | 'newer',
): WindowStart | null {
  if (direction === 'older') return first === 0 ? null : { after: ids[first - STEP - 1] ?? null }
  if (end === ids.length) return null
  return startAt(ids, first + STEP)
}

/** The start of a window with a message in its middle; NULL when it is drawn already, or there is none. */
export function startAround(ids: readonly string[], window: MessageWindow, id: string): WindowStart | null {
  const index = ids.indexOf(id)
  if (index < 0 || (index >= window.first && index < window.end)) return null
  return startAt(ids, Math.max(0, index - MOST_DRAWN / 2))
}

function startAt(ids: readonly string[], first: number): WindowStart {
  return first + MOST_DRAWN >= ids.length ? 'end' : { after: ids[first - 1] ?? null }
}
