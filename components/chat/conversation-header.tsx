'use client'

import { Share } from 'lucide-react'
import { LateSelectField } from '#components/late/late-field.tsx'
import { intensityLabels } from '#components/personas/intensity-labels.ts'
import { buttonClass } from '#components/ui/button.tsx'
import { type Intensity, intensities } from '#lib/chat/types.ts'
import { useChatClient } from './chat-context.tsx'
import { isAtRest } from './conversation-state.ts'
import type { ConversationStore } from './conversation-store.ts'
import { ModelField } from './model-field.tsx'
import { PageHeader } from './page-header.tsx'
import { KeepButton, TemporarySwitch } from './temporary-switch.tsx'
import { useCell } from './use-cell.ts'

const intensityOptions = intensities.map((value) => ({ value, ...intensityLabels[value] }))

/** The title, and who answers how. */
export function ConversationHeader({ store }: { store: ConversationStore }) {
  const { personas, models } = useChatClient()
  const { conversation, isTemporary, persona, intensity } = useCell(store.state)
  const current = personas.find(({ id }) => id === persona)
  // On a phone three choices share the line.
  const isCrowded = models.length > 1
  const options = personas.map(({ id, label, description }) => ({ value: id, label, description }))

  function chooseIntensity(chosen: Intensity) {
    // The persona's own is no choice: it follows when another persona is chosen.
    void store.choose({ intensity: chosen === current?.intensity ? null : chosen })
  }

  return (
    <PageHeader
      title={conversation && isTemporary ? 'Temporary conversation' : conversation?.title}
      actions={<HeaderActions store={store} />}
    >
      <LateSelectField
        label="Persona"
        value={persona}
        options={options}
        onChange={(chosen) => void store.choose({ persona: chosen })}
      />
      <LateSelectField
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

/** What can be done with the conversation as it is: be temporary, be kept, be shared. */
function HeaderActions({ store }: { store: ConversationStore }) {
  const { load, phase, conversation, isTemporary } = useCell(store.state)
  if (load === 'new') return phase === 'idle' && <TemporarySwitch isOn={isTemporary} />
  if (!conversation) return null
  return isTemporary ? <KeepButton store={store} /> : <ShareButton store={store} />
}

/** Opens the dialog that shares a copy. */
function ShareButton({ store }: { store: ConversationStore }) {
  const isPossible = isAtRest(useCell(store.state))
  return (
    <button
      type="button"
      aria-label="Share"
      aria-disabled={!isPossible}
      title={isPossible ? 'Share' : 'Share when the answer has ended'}
      className={`${buttonClass({ variant: 'quiet', size: 'icon' })} text-muted hover:text-foreground`}
      onClick={() => isPossible && store.dialog.set('share')}
    >
      <Share aria-hidden size={18} strokeWidth={1.75} />
    </button>
  )
}
