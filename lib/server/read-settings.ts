import type { ModelOffer } from '#lib/chat/offered-model.ts'
import { offeredPreferences } from '#lib/chat/offered-preferences.ts'
import type { PersonaOption } from '#lib/chat/types.ts'
import { type Departure, foreseeDeparture } from '#lib/db/delete-user.ts'
import { inTime } from '#lib/db/in-time.ts'
import { findProfile, type Profile } from '#lib/db/profiles.ts'
import { linkedProviders } from '#lib/db/users.ts'
import { AppError } from '#lib/errors.ts'
import { promptLibrary } from '#lib/prompts/library.ts'
import { answeringModels } from './answering-models.ts'

/** What the page of settings shows. */
export interface Settings {
  profile: Profile
  /** The ids of the other providers that lead to the person. */
  linked: string[]
  /** What the person's going would mean: nothing more, that nobody is left, or that somebody has to follow. */
  departure: 'plain' | 'nobody_left' | 'needs_successor'
  personas: PersonaOption[]
  /** Of new conversations. */
  persona: string
  offer: ModelOffer
  /** Of new conversations, as `provider:model`; NULL: the usual one. */
  model: string | null
}

/**
 * Reads what a person has set, and what there is to choose from.
 *
 * @throws AppError signed_out when the account is gone
 */
export async function readSettings(userId: string): Promise<Settings> {
  const [profile, linked, departure, { models, isWhole }] = await Promise.all([
    inTime(findProfile(userId)),
    inTime(linkedProviders(userId)),
    inTime(foreseeDeparture(userId)),
    answeringModels(),
  ])
  if (!profile || !departure) throw new AppError('signed_out', 'This account is gone. Sign in again.')
  const { personas, defaultPersona } = promptLibrary()
  const { persona, model } = offeredPreferences(profile.preferences, { personas, models })
  return {
    ...{ profile, linked, personas, model, departure: judge(departure) },
    persona: persona ?? defaultPersona,
    offer: { models, knowsAllModels: isWhole },
  }
}

function judge({ isOnlyAdministrator, others }: Departure): Settings['departure'] {
  if (!isOnlyAdministrator) return 'plain'
  return others === 0 ? 'nobody_left' : 'needs_successor'
}
