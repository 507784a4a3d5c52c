import { SignInLink } from '#components/chat/sign-in-link.tsx'
import { describeSaving } from './describe-saving.ts'
import type { Saving } from './use-saving.ts'

interface SaveNoteProps {
  saving: Saving
  /** What is said of a failure before its reason. */
  failure: string
  /** What is said of changes that are not saved yet. */
  unsaved?: string
}

/** Says whether a setting is saved. Its place is kept, so that nothing moves. */
export function SaveNote({ saving, failure, unsaved = '' }: SaveNoteProps) {
  const { fault } = saving
  return (
    <div className="flex min-h-5 flex-wrap items-center gap-x-3 gap-y-1 text-sm">
      <p role="status" className="text-muted">
        {describeSaving(saving, unsaved)}
      </p>
      <p role="alert" className="text-danger empty:hidden">
        {fault && `${failure} ${fault.message}`}
      </p>
      {fault?.code === 'signed_out' && <SignInLink />}
    </div>
  )
}

/** The same below a choice at the end of a section, in the room that parts it from the next one. */
export function ChoiceNote({ saving }: { saving: Saving }) {
  return (
    <div className="-mb-5">
      <SaveNote saving={saving} failure="It stays as it was." />
    </div>
  )
}
