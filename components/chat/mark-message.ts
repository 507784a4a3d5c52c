/** How long a message that was looked for stays marked, in ms. */
const MARKED_MS = 2400

/** Gives a message the focus and marks it for a moment, without moving anything. */
export function markMessage(message: HTMLElement): void {
  message.focus({ preventScroll: true })
  const ring = (colour: string) => ({
    backgroundColor: colour,
    // Not below, where the next message begins at once.
    boxShadow: `0 -0.25rem 0 0.25rem ${colour}`,
  })
  message.animate([{ ...ring('var(--color-hover)'), offset: 0.5 }, ring('transparent')], MARKED_MS)
}
