'use client'

import type { Preferences } from '#lib/chat/preferences.ts'
import { ChoiceField } from './choice-field.tsx'
import { ChoiceNote } from './save-note.tsx'
import { useKeptChoice } from './use-kept-choice.ts'
import { useSaving } from './use-saving.ts'

const enterOptions = [
  { value: 'sends', label: 'Sends the message' },
  { value: 'breaks', label: 'Begins a new line' },
] as const

const keyOptions = [
  { value: 'on', label: 'On' },
  { value: 'off', label: 'Off' },
] as const

/** Which key sends, and whether letters alone are keys. */
export function KeySettings(initial: Pick<Preferences, 'enterSends' | 'singleKeys'>) {
  const { saving, save } = useSaving()
  const [enterSends, chooseEnter] = useKeptChoice(initial.enterSends, (chosen) =>
    save({ preferences: { enterSends: chosen } }),
  )
  const [singleKeys, chooseKeys] = useKeptChoice(initial.singleKeys, (chosen) =>
    save({ preferences: { singleKeys: chosen } }),
  )

  return (
    <div className="flex flex-col gap-6">
      <ChoiceField
        label="The Enter key"
        hint="Ctrl+Enter, or ⌘+Enter on a Mac, always sends; Shift+Enter never does."
        value={enterSends ? 'sends' : 'breaks'}
        options={enterOptions}
        onChange={(value) => chooseEnter(value === 'sends')}
      />
      <div className="flex flex-col gap-2">
        <ChoiceField
          label="Keys alone"
          hint="Letters that do something where nothing is typed, such as J and K, which walk the messages. Press ? in a conversation to see them. Turn them off if you speak to your computer."
          value={singleKeys ? 'on' : 'off'}
          options={keyOptions}
          onChange={(value) => chooseKeys(value === 'on')}
        />
        <ChoiceNote saving={saving} />
      </div>
    </div>
  )
}
