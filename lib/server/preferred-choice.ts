import { offeredPreferences } from '#lib/chat/offered-preferences.ts'
import { inTime } from '#lib/db/in-time.ts'
import { findPreferences } from '#lib/db/preferences.ts'
import { promptLibrary } from '#lib/prompts/library.ts'
import { answeringModels } from './answering-models.ts'

/** A persona and a model (`provider:model`), as far as they were chosen. */
interface Choice {
  persona: string | null
  model: string | null
}

/** With what a person's new conversations begin: as they prefer, where that is still on offer. */
export async function preferredChoice(userId: string): Promise<Choice> {
  const { persona, model } = await inTime(findPreferences(userId))
  return offeredChoice({ persona, model })
}

/** What was chosen, where that is still on offer. */
export async function offeredChoice({ persona, model }: Choice): Promise<Choice> {
  // Nothing that was chosen can be gone.
  if (persona === null && model === null) return { persona, model }
  const { models } = await answeringModels()
  return offeredPreferences({ persona, model }, { personas: promptLibrary().personas, models })
}
