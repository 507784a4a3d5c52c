/** What was pressed (a click) or sent (a submission) and by what, the last of each, in the order of these. */
export type EarlyInput = Map<Element, Event>

declare global {
  interface Window {
    /** What was pressed and sent so far; nothing is kept from now on. Undefined where the page's script did not run. */
    takeEarlyInput?: () => EarlyInput
  }
}

/**
 * Keeps what a person presses and sends before the page's scripts are there to act on it. It is written into the page and
 * runs before all of them, so it can use nothing that is outside it.
 *
 * Links and forms that have an address need no script.
 */
export function keepEarlyInput(): void {
  const kept: EarlyInput = new Map()

  const keep = (event: Event) => {
    const { target } = event
    if (!(target instanceof Element)) return
    const isSubmission = event.type === 'submit'
    const acting = isSubmission
      ? target
      : target.closest('button:not([type="submit"]), [role="switch"], [role="combobox"]')
    if (!acting || (isSubmission && acting.hasAttribute('action'))) return
    // It would be sent as a new page, with everything that was typed in the address.
    if (isSubmission) event.preventDefault()
    // Who presses a button again because nothing happens means it once.
    kept.delete(acting)
    kept.set(acting, event)
  }

  window.addEventListener('click', keep, true)
  window.addEventListener('submit', keep, true)
  window.takeEarlyInput = () => {
    window.removeEventListener('click', keep, true)
    window.removeEventListener('submit', keep, true)
    const taken = new Map(kept)
    kept.clear()
    return taken
  }
}
