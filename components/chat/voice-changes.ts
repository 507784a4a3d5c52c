import { importedFrom } from '#lib/chat/import-sources.ts'
import type { GenerationView, Intensity, Message } from '#lib/chat/types.ts'

/** Who answers, and how hard they press. */
export interface Voice {
  persona: string
  intensity: Intensity
}

export interface VoiceChange extends Voice {
  /** Otherwise only the intensity is another. */
  isOtherPersona: boolean
}

/**
 * Where the voice of a conversation changes: by the id of the message before which it does, and as `next` what only
 * the answer to come will show.
 *
 * @param chosen the voice of the next answer
 */
export function voiceChanges(
  messages: readonly Message[],
  chosen: Voice,
): { before: Map<string, VoiceChange>; next: VoiceChange | null } {
  const before = new Map<string, VoiceChange>()
  let voice: Voice | null = null
  for (const [index, message] of messages.entries()) {
    if (message.role !== 'user') continue
    const answer = messages[index + 1]
    const next = answer?.role === 'assistant' ? voiceOf(answer.generation) : chosen
    const change = voice && changeBetween(voice, next)
    if (change) before.set(message.id, change)
    voice = next
  }
  return { before, next: voice ? changeBetween(voice, chosen) : null }
}

/** An answer that was imported has none of the voices here, whatever stands in for its persona. */
function voiceOf({ provider, persona, intensity }: GenerationView): Voice {
  return importedFrom(provider) === null ? { persona, intensity } : { persona: provider, intensity: 'medium' }
}

function changeBetween(voice: Voice, { persona, intensity }: Voice): VoiceChange | null {
  const isOtherPersona = voice.persona !== persona
  return isOtherPersona || voice.intensity !== intensity ? { persona, intensity, isOtherPersona } : null
}
