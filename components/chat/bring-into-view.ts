/** Where what is brought into view stands, as a share of the height of what scrolls. */
const PLACE = 1 / 3

/** Scrolls a box down to words that are below what it shows. */
export function bringIntoView(box: HTMLElement, words: Range): void {
  const shown = box.getBoundingClientRect()
  const { top, bottom } = words.getBoundingClientRect()
  if (bottom > shown.bottom) box.scrollTop += top - shown.top - shown.height * PLACE
}
