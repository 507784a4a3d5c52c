const BOX = '.transcript'
const MESSAGE = `${BOX} article`

/** The message that has the focus, or something in it; NULL: none. */
export function focusedMessage(): HTMLElement | null {
  return document.activeElement?.closest<HTMLElement>(MESSAGE) ?? null
}

/**
 * Moves the focus to the next message or the one before. From the composer one comes to the newest, from elsewhere to
 * the first in view; past the newest one is in the composer again, and before the first at the top, where older ones
 * are loaded.
 */
export function walkMessages(step: 1 | -1): void {
  const box = document.querySelector<HTMLElement>(BOX)
  if (!box) return
  const messages = Array.from(document.querySelectorAll<HTMLElement>(MESSAGE))
  const focused = focusedMessage()
  const isBelow = isAfter(document.activeElement, box)
  if (focused) {
    const next = messages[messages.indexOf(focused) + step]
    if (next) focusMessage(next, box)
    // Of a long conversation only a part is drawn.
    else if (step === 1 && !('hasEnd' in box.dataset)) box.scrollTo({ top: box.scrollHeight })
    else if (step === 1) document.getElementById('composer')?.focus()
    else box.scrollTo({ top: 0 })
  } else if (!isBelow)
    focusMessage(
      messages.find((message) => isInView(message, box)),
      box,
    )
  else if (step === -1) focusMessage(messages.at(-1), box)
}

/** A message that is higher than the box is read from its begin. */
function focusMessage(message: HTMLElement | undefined, box: HTMLElement): void {
  if (!message) return
  message.focus({ preventScroll: true })
  message.scrollIntoView({ block: message.offsetHeight > box.clientHeight ? 'start' : 'nearest' })
}

function isInView(message: HTMLElement, box: HTMLElement): boolean {
  return message.getBoundingClientRect().bottom > box.getBoundingClientRect().top + 16
}

function isAfter(element: Element | null, box: HTMLElement): boolean {
  return element !== null && (box.compareDocumentPosition(element) & Node.DOCUMENT_POSITION_FOLLOWING) !== 0
}
