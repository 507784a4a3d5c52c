'use client'

import { intensityLabels } from '#components/personas/intensity-labels.ts'
import { SelectField } from '#components/ui/select-field.tsx'
import { type Intensity, intensities } from '#lib/chat/types.ts'
import { useChatClient } from './chat-context.tsx'
import type { ConversationStore } from './conversation-store.ts'
import { ModelField } from './model-field.tsx'
import { PageHeader } from './page-header.tsx'
import { useCell } from './use-cell.ts'

const intensityOptions = intensities.map((value) => ({ value, ...intensityLabels[value] }))

/** The title, and who answers how. */
export function ConversationHeader({ store }: { store: ConversationStore }) {
  const { personas, models } = useChatClient()
  const { conversation, persona, intensity } = useCell(store.state)
  const current = personas.find(({ id }) => id === persona)
  // On a phone three choices share the line.
  const isCrowded = models.length > 1
  const options = personas.map(({ id, label, description }) => ({ value: id, label, description }))

  function chooseIntensity(chosen: Intensity) {
    // The persona's own is no choice: it follows when another persona is chosen.
    void store.choose({ intensity: chosen === current?.intensity ? null : chosen })
  }

  return (
    <PageHeader title={conversation?.title}>
      <SelectField
        label="Persona"
        value={persona}
        options={options}
        onChange={(chosen) => void store.choose({ persona: chosen })}
      />
      <SelectField
        label="Intensity"
        value={intensity ?? current?.intensity ?? 'medium'}
        options={intensityOptions}
        onChange={chooseIntensity}
        suffix={<span className={isCrowded ? 'text-muted max-sm:hidden' : 'text-muted'}> intensity</span>}
      />
      <ModelField store={store} />
    </PageHeader>
  )
}
