import type { KeyboardEvent } from 'react'

const WALKED = '[data-walk]'

/** Arrow keys go from row to row, headings of folders among them; Home and End to the first and the last. */
export function walkList(event: KeyboardEvent<HTMLElement>): HTMLElement | null {
  const { target, currentTarget, key } = event
  if (event.altKey || event.ctrlKey || event.metaKey || !(target instanceof HTMLElement)) return null
  const walked = [...currentTarget.querySelectorAll<HTMLElement>(WALKED)]
  const from = walked.indexOf(target)
  if (from < 0) return null
  const to = destination(key, from, walked.length)
  const next = to === null ? undefined : walked[to]
  if (!next) return null
  event.preventDefault()
  next.focus()
  return next
}

function destination(key: string, from: number, count: number): number | null {
  if (key === 'ArrowDown') return Math.min(from + 1, count - 1)
  if (key === 'ArrowUp') return Math.max(from - 1, 0)
  if (key === 'Home') return 0
  return key === 'End' ? count - 1 : null
}

/**
 * What is to have the focus once these rows are gone from the list: the next one that stays, else the one before.
 *
 * @param within the list, or anything in it
 * @returns told when they are gone: the row may be drawn anew meanwhile
 */
export function focusAfterRows(within: Element | null, ids: readonly string[]): () => HTMLElement | null {
  const list = listAround(within)
  const gone = new Set(ids)
  const rows = [...(list?.querySelectorAll<HTMLElement>('[data-row]') ?? [])].map(
    ({ dataset }) => dataset.row ?? '',
  )
  const first = rows.findIndex((id) => gone.has(id))
  const next =
    rows.slice(first + 1).find((id) => !gone.has(id)) ??
    rows.slice(0, Math.max(0, first)).findLast((id) => !gone.has(id))
  return () => rowOf(list, next)
}

/**
 * Gives the focus to a row, or else to the first one, once it is drawn as it is to be.
 *
 * @param within the list, or anything beside it in the sidebar, which may be gone by then
 */
export function focusRow(within: Element | null, id: string | undefined): void {
  const list = listAround(within)
  requestAnimationFrame(() => rowOf(list, id)?.focus({ preventScroll: true }))
}

/** What of a row takes the focus; of the first one, when that row is not there. */
export function rowOf(list: Element | null, id: string | undefined): HTMLElement | null {
  return (
    list?.querySelector<HTMLElement>(`[data-row="${id}"] ${WALKED}`) ??
    list?.querySelector<HTMLElement>(WALKED) ??
    document.querySelector<HTMLElement>('[data-new-conversation]')
  )
}

/** The list that an element is in, or beside. */
function listAround(within: Element | null): Element | null {
  return within?.closest('[data-list]') ?? within?.parentElement?.querySelector('[data-list]') ?? null
}
