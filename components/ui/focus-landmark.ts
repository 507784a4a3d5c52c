/**
 * Puts the focus where the page is written in or read, when what had it goes away: it is never nowhere. With a finger that
 * is not the composer, which would bring up the on-screen keyboard.
 */
export function focusLandmark(): void {
  const isTouch = window.matchMedia('(pointer: coarse)').matches
  const ids = isTouch ? ['page', 'main'] : ['composer', 'page', 'main']
  const landmark = ids.map((id) => document.getElementById(id)).find((element) => element !== null)
  landmark?.focus({ preventScroll: true })
}
