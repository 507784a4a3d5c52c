function askFirst(event: BeforeUnloadEvent) {
  event.preventDefault()
}

/** Whether the browser asks before this page is left: only while leaving would lose something. */
export function warnBeforeLeaving(isNeeded: boolean): void {
  if (isNeeded) window.addEventListener('beforeunload', askFirst)
  else window.removeEventListener('beforeunload', askFirst)
}
