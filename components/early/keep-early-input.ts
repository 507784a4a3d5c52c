export interface EarlyInput {
  /** What was pressed and sent so far, oldest first; nothing is kept from now on. */
  take(): Event[]
}

declare global {
  interface Window {
    /** Undefined where the page's script did not run. */
    stoaEarlyInput?: EarlyInput
  }
}

/**
 * Keeps what a person presses and sends before the page's scripts are there to act on it. It is written into the page and
 * runs before all of them, so it can use nothing that is outside it.
 *
 * Links and forms that have an address need no script, and fields keep by themselves what is typed into them.
 */
export function keepEarlyInput(): void {
  const kept: Event[] = []

  const keep = (event: Event) => {
    const { target } = event
    if (!(target instanceof Element)) return
    if (event.type === 'submit') {
      if (target.hasAttribute('action')) return
      // It would be sent as a new page, with everything that was typed in the address.
      event.preventDefault()
    } else if (!target.closest('button:not([type="submit"]), [role="switch"], [role="combobox"]')) return
    kept.push(event)
  }

  window.addEventListener('click', keep, true)
  window.addEventListener('submit', keep, true)
  window.stoaEarlyInput = {
    take() {
      window.removeEventListener('click', keep, true)
      window.removeEventListener('submit', keep, true)
      return kept.splice(0)
    },
  }
}
