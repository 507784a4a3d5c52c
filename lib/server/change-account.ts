import type { CheckedAccountChange } from '#lib/chat/account-change.ts'
import { changePreferences } from '#lib/db/preferences.ts'
import { changeProfile, findProfile, type Profile } from '#lib/db/profiles.ts'
import { AppError } from '#lib/errors.ts'
import { promptLibrary } from '#lib/prompts/library.ts'
import { requireOffered } from './choose-model.ts'

/**
 * Changes what a person is called, what answers are told of them, and what they prefer. Instructions and preferences
 * count from the next answer.
 *
 * @returns the account as it is then
 * @throws AppError unknown_persona, unknown_model, signed_out when the account is gone
 */
export async function changeAccount(
  userId: string,
  { name, aboutYou, howToAnswer, preferences = {} }: CheckedAccountChange,
): Promise<Profile> {
  // For what they throw: what is not on offer is never stored.
  if (preferences.persona) promptLibrary().composePersona(preferences.persona, null)
  if (preferences.model) await requireOffered(preferences.model)
  const profile = {
    ...(name !== undefined && { name }),
    ...(aboutYou !== undefined && { aboutYou }),
    ...(howToAnswer !== undefined && { howToAnswer }),
  }
  if (Object.keys(profile).length > 0) await changeProfile(userId, profile)
  if (Object.keys(preferences).length > 0) await changePreferences(userId, preferences)
  const changed = await findProfile(userId)
  if (!changed) throw new AppError('signed_out', 'This account is gone. Sign in again.')
  return changed
}
