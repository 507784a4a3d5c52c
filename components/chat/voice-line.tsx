'use client'

import { useChatClient } from './chat-context.tsx'
import type { VoiceChange } from './voice-changes.ts'

/** A quiet line where another persona or intensity takes over. */
export function VoiceLine({ change }: { change: VoiceChange | undefined }) {
  const client = useChatClient()
  if (!change) return null
  const { persona, intensity, isOtherPersona } = change
  const own = client.personas.find(({ id }) => id === persona)?.intensity
  const manner = isOtherPersona && intensity === own ? '' : `, with ${intensity} intensity`
  return (
    <p className="my-4 flex items-center gap-4 text-muted text-sm before:h-px before:flex-1 before:bg-line after:h-px after:flex-1 after:bg-line">
      {client.personaLabel(persona)} answers from here{manner}
    </p>
  )
}
