import { exportProfile, exportPromptTexts, exportShares, exportUsageEvents } from '#lib/db/account-export.ts'
import type { ExportedRow } from '#lib/db/conversation-export.ts'
import { AppError } from '#lib/errors.ts'
import { writeArray, writeConversations } from './write-conversations.ts'

/**
 * Everything that is kept of a person, as the text of one JSON object, piece by piece: no more than a page of rows is held
 * at a time. The rows are read as the pieces are asked for, so what changes meanwhile may be in it or not.
 *
 * @throws AppError signed_out with the first piece, when the account is gone
 */
export async function* exportAccount(userId: string): AsyncGenerator<string> {
  const profile = await exportProfile(userId)
  if (!profile) throw new AppError('signed_out', 'This account is gone. Sign in again.')
  const hashes = new Set<string>()
  yield `{"format":"stoa-account","version":1,"exportedAt":${JSON.stringify(new Date())},\n`
  yield `"account":${JSON.stringify(profile)},\n"conversations":`
  yield* writeConversations(userId, { ids: null, withDeleted: true }, hashes)
  yield ',\n"shares":'
  yield* writeArray((after) => exportShares(userId, after), whole)
  yield ',\n"usageEvents":'
  yield* writeArray((after) => exportUsageEvents(userId, after), whole)
  const texts = await exportPromptTexts(userId, [...hashes], { withAllOwn: true })
  yield `,\n"promptTexts":${JSON.stringify(texts)}}\n`
}

async function* whole(row: ExportedRow) {
  yield JSON.stringify(row)
}
