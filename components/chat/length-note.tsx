import { MAX_MESSAGE_LENGTH } from '#lib/chat/limits.ts'

/** From here on the length is shown. */
const NEAR_LIMIT = MAX_MESSAGE_LENGTH * 0.9

/** Says under a field how long the message is, once that matters. */
export function LengthNote({ id, length }: { id: string; length: number }) {
  const isTooLong = length > MAX_MESSAGE_LENGTH
  return (
    <p
      id={id}
      aria-live={isTooLong ? 'polite' : 'off'}
      className={
        isTooLong ? 'px-4 pb-2.5 text-danger text-sm' : 'px-4 pb-2.5 text-muted text-sm empty:hidden'
      }
    >
      {lengthNote(length)}
    </p>
  )
}

function lengthNote(length: number): string | null {
  if (length <= NEAR_LIMIT) return null
  const limit = MAX_MESSAGE_LENGTH.toLocaleString('en')
  if (length <= MAX_MESSAGE_LENGTH) return `${length.toLocaleString('en')} of ${limit} characters`
  const excess = (length - MAX_MESSAGE_LENGTH).toLocaleString('en')
  return `A message can have ${limit} characters. This one has ${excess} too many.`
}
