import {
  type ExportedRow,
  exportConversations,
  exportMessages,
  exportProfile,
  exportPromptTexts,
  exportUsageEvents,
} from '#lib/db/account-export.ts'
import { AppError } from '#lib/errors.ts'

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
  yield* arrayOf((after) => exportConversations(userId, after), conversation)
  yield ',\n"usageEvents":'
  yield* arrayOf((after) => exportUsageEvents(userId, after), whole)
  yield `,\n"promptTexts":${JSON.stringify(await exportPromptTexts(userId, [...hashes]))}}\n`

  async function* conversation(row: ExportedRow) {
    yield `${JSON.stringify(row).slice(0, -1)},\n"messages":`
    yield* arrayOf((after) => exportMessages(row.id, after), message)
    yield '}'
  }

  async function* message(row: ExportedRow) {
    for (const hash of namedHashes(row)) hashes.add(hash)
    yield JSON.stringify(row)
  }
}

async function* whole(row: ExportedRow) {
  yield JSON.stringify(row)
}

/** A JSON array of rows that are read page by page, in the order of their ids. */
async function* arrayOf(
  read: (after: string | null) => Promise<ExportedRow[]>,
  write: (row: ExportedRow) => AsyncGenerator<string>,
): AsyncGenerator<string> {
  yield '['
  let last: string | null = null
  for (let page = await read(null); page.length > 0; page = await read(last)) {
    for (const row of page) {
      yield last === null ? '\n' : ',\n'
      yield* write(row)
      last = row.id
    }
  }
  yield ']'
}

/** The hashes that ledgers name texts by, wherever they stand in them. */
function namedHashes(value: unknown): string[] {
  if (typeof value !== 'object' || value === null) return []
  return Object.entries(value).flatMap(([name, inner]) =>
    name === 'hash' && typeof inner === 'string' ? [inner] : namedHashes(inner),
  )
}
