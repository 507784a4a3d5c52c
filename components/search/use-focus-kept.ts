import { type FocusEvent, type RefObject, useLayoutEffect, useRef } from 'react'

/**
 * Where the keyboard is stays on the page when what had the focus is gone from a list, as results of an earlier query are:
 * the row that is in its place now gets it, else the field above. React tells no blur of what it removes itself.
 *
 * @returns the handlers of the element that the list is in
 */
export function useFocusKept(list: RefObject<HTMLElement | null>, field: RefObject<HTMLElement | null>) {
  const focused = useRef<{ element: HTMLElement; rowsBefore: number } | null>(null)

  useLayoutEffect(() => {
    if (!focused.current || focused.current.element.isConnected) return
    const { rowsBefore } = focused.current
    focused.current = null
    if (document.activeElement !== document.body) return
    const rows = rowsOf(list.current)
    const next = rows[rowsBefore] ?? rows.at(-1) ?? field.current
    next?.focus()
  })

  return {
    onFocus({ target }: FocusEvent<HTMLElement>) {
      const before = rowsOf(list.current).filter(
        (row) => row.compareDocumentPosition(target) & Node.DOCUMENT_POSITION_FOLLOWING,
      )
      focused.current = { element: target, rowsBefore: before.length }
    },
    onBlur({ target }: FocusEvent<HTMLElement>) {
      // It has the focus still when only the window has lost it.
      if (document.activeElement !== target) focused.current = null
    },
  }
}

function rowsOf(list: HTMLElement | null): HTMLElement[] {
  return [...(list?.querySelectorAll<HTMLElement>('[data-walk]') ?? [])]
}
