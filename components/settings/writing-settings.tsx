'use client'

import { useState } from 'react'
import { ChoiceField } from './choice-field.tsx'
import { ChoiceNote } from './save-note.tsx'
import { useSaving } from './use-saving.ts'

const options = [
  { value: 'sends', label: 'Sends the message' },
  { value: 'breaks', label: 'Begins a new line' },
] as const

/** Which key sends. */
export function WritingSettings({ enterSends: initial }: { enterSends: boolean }) {
  const [enterSends, show] = useState(initial)
  const { saving, save } = useSaving()

  async function choose(chosen: boolean) {
    const before = enterSends
    show(chosen)
    if (!(await save({ preferences: { enterSends: chosen } }))) show(before)
  }

  return (
    <div className="flex flex-col gap-2">
      <ChoiceField
        label="The Enter key"
        hint="Ctrl+Enter, or ⌘+Enter on a Mac, always sends; Shift+Enter never does."
        value={enterSends ? 'sends' : 'breaks'}
        options={options}
        onChange={(value) => void choose(value === 'sends')}
      />
      <ChoiceNote saving={saving} />
    </div>
  )
}
