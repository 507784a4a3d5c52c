'use client'

import { useState } from 'react'
import { ModelSelect } from '#components/chat/model-select.tsx'
import { PersonaChoice } from '#components/chat/persona-choice.tsx'
import type { ModelOffer } from '#lib/chat/offered-model.ts'
import type { PersonaOption } from '#lib/chat/types.ts'
import { ChoiceNote } from './save-note.tsx'
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
  const [persona, showPersona] = useState(initial.persona)
  const [model, showModel] = useState(initial.model)
  const { saving, save } = useSaving()

  async function choosePersona(chosen: string) {
    showPersona(chosen)
    if (!(await save({ preferences: { persona: chosen } }))) showPersona(persona)
  }

  async function chooseModel(chosen: string | null) {
    showModel(chosen)
    if (!(await save({ preferences: { model: chosen } }))) showModel(model)
  }

  return (
    <div className="flex flex-col gap-4">
      <PersonaChoice personas={personas} value={persona} onChange={(chosen) => void choosePersona(chosen)} />
      {offer.models.length > 1 && (
        <div className="flex min-w-0 items-center gap-2">
          <span aria-hidden className="font-medium text-sm">
            Model
          </span>
          <ModelSelect offer={offer} value={model} onChange={(chosen) => void chooseModel(chosen)} />
        </div>
      )}
      <ChoiceNote saving={saving} />
    </div>
  )
}
