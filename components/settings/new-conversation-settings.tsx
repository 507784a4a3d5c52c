'use client'

import { ModelSelect } from '#components/chat/model-select.tsx'
import { PersonaChoice } from '#components/chat/persona-choice.tsx'
import type { ModelOffer } from '#lib/chat/offered-model.ts'
import type { PersonaOption } from '#lib/chat/types.ts'
import { ChoiceNote } from './save-note.tsx'
import { useKeptChoice } from './use-kept-choice.ts'
import { useSaving } from './use-saving.ts'

interface NewConversationSettingsProps {
  personas: PersonaOption[]
  persona: string
  offer: ModelOffer
  /** As `provider:model`; NULL: the usual one. */
  model: string | null
}

/** Who answers in a new conversation, and with which model. */
export function NewConversationSettings({ personas, offer, ...initial }: NewConversationSettingsProps) {
  const { saving, save } = useSaving()
  const [persona, choosePersona] = useKeptChoice(initial.persona, (chosen) =>
    save({ preferences: { persona: chosen } }),
  )
  const [model, chooseModel] = useKeptChoice(initial.model, (chosen) =>
    save({ preferences: { model: chosen } }),
  )

  return (
    <div className="flex flex-col gap-4">
      <PersonaChoice personas={personas} value={persona} onChange={choosePersona} />
      {offer.models.length > 1 && (
        <div className="flex min-w-0 items-center gap-2">
          <span aria-hidden className="font-medium text-sm">
            Model
          </span>
          <ModelSelect offer={offer} value={model} onChange={chooseModel} />
        </div>
      )}
      <ChoiceNote saving={saving} />
    </div>
  )
}
