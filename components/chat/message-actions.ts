/** The row of buttons under a message: there on hover and focus, its place kept so that nothing moves. */
export const messageActionsClass =
  'flex items-center opacity-0 transition-opacity duration-150 group-focus-within/message:opacity-100 ' +
  'group-hover/message:opacity-100 has-aria-expanded:opacity-100 [@media(hover:none)]:opacity-100'

/** One of them; while an answer runs it is not offered. */
export const messageButtonClass =
  'inline-flex size-8 items-center justify-center rounded-md text-muted transition-colors duration-150 ' +
  'hover:bg-hover hover:text-foreground aria-expanded:bg-hover aria-expanded:text-foreground ' +
  'group-data-running/transcript:invisible'
