'use client'

import { ChoiceField } from './choice-field.tsx'
import { ChoiceNote } from './save-note.tsx'
import { useKeptChoice } from './use-kept-choice.ts'
import { useSaving } from './use-saving.ts'

const options = [
  { value: 'sends', label: 'Sends the message' },
  { value: 'breaks', label: 'Begins a new line' },
] as const

/** Which key sends. */
export function WritingSettings({ enterSends: initial }: { enterSends: boolean }) {
  const { saving, save } = useSaving()
  const [enterSends, choose] = useKeptChoice(initial, (chosen) =>
    save({ preferences: { enterSends: chosen } }),
  )

  return (
    <div className="flex flex-col gap-2">
      <ChoiceField
        label="The Enter key"
        hint="Ctrl+Enter, or ⌘+Enter on a Mac, always sends; Shift+Enter never does."
        value={enterSends ? 'sends' : 'breaks'}
        options={options}
        onChange={(value) => choose(value === 'sends')}
      />
      <ChoiceNote saving={saving} />
    </div>
  )
}
