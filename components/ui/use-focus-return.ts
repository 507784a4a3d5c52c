import { useCallback, useLayoutEffect, useRef } from 'react'
import { focusLandmark } from './focus-landmark.ts'

const popups = '[role="dialog"], [role="alertdialog"], [role="menu"]'

/**
 * The `finalFocus` of something that opens above the page. When it closes the focus goes to what `focusAfter` names, else
 * to what had it before, else to the composer or the page: it is never nowhere. What has taken it meanwhile keeps it.
 */
export function useFocusReturn(isOpen: boolean, focusAfter?: () => HTMLElement | null): () => boolean {
  const before = useRef<Element | null>(null)

  useLayoutEffect(() => {
    if (isOpen) before.current = document.activeElement
  }, [isOpen])

  return useCallback(() => {
    // It was opened from a menu, say: Base UI knows what had the focus before that. It looks in a microtask, too.
    const isLeftToBaseUi = !focusAfter && !isLasting(before.current)
    const find = () => [focusAfter?.() ?? null, before.current].find(isLasting)
    // Once the page is as it will be. Base UI itself would go on to the first field inside of what is no stop of Tab.
    const giveBack = () => isFree() && (find()?.focus({ preventScroll: true }) ?? focusWhenLost())
    queueMicrotask(isLeftToBaseUi ? () => queueMicrotask(focusWhenLost) : giveBack)
    return isLeftToBaseUi
  }, [focusAfter])
}

function focusWhenLost(): void {
  if (isFree()) focusLandmark()
}

function isFree(): boolean {
  return document.activeElement === null || document.activeElement === document.body
}

function isLasting(element: Element | null): element is HTMLElement {
  if (!(element instanceof HTMLElement) || element === document.body) return false
  return element.checkVisibility() && !element.closest(popups)
}
