import { LengthNote } from './length-note.tsx'

interface ComposerNoteProps {
  /** Why a command was not done. */
  fault: string | null
  /** Whether a message that could not be sent yet is sent first. */
  isWaiting: boolean
  length: number
}

/** What is said of the text in the composer, under it. */
export function ComposerNote({ fault, isWaiting, length }: ComposerNoteProps) {
  if (fault !== null)
    return (
      <p id="composer-note" className="px-4 pb-2.5 text-muted text-sm wrap-anywhere">
        {fault}
      </p>
    )
  if (isWaiting && length > 0)
    return (
      <p id="composer-note" className="px-4 pb-2.5 text-muted text-sm">
        The message above is sent first.
      </p>
    )
  return <LengthNote id="composer-note" length={length} />
}
