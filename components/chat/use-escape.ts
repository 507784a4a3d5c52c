import { useEffect, useEffectEvent } from 'react'

/** What Escape closes first; a list that was open once stays in the page, hidden, and one that closes for a moment. */
const popups = '[role="menu"], [role="listbox"], [role="dialog"], [role="alertdialog"]'

function isOpen(popup: Element): boolean {
  return popup.checkVisibility() && popup.closest('[data-closed]') === null
}

/** Calls an action on Escape, wherever the focus is, unless the key closes something that is open above the page. */
export function useEscape(isActive: boolean, action: () => void): void {
  const onEscape = useEffectEvent(action)

  useEffect(() => {
    if (!isActive) return
    function onKeyDown(event: KeyboardEvent) {
      if (event.key !== 'Escape' || event.isComposing || event.defaultPrevented) return
      const isAnyOpen = Array.from(document.querySelectorAll(popups)).some(isOpen)
      if (!isAnyOpen) onEscape()
    }
    // In the capture phase a popup that this very key closes is still there.
    window.addEventListener('keydown', onKeyDown, true)
    return () => window.removeEventListener('keydown', onKeyDown, true)
  }, [isActive])
}
