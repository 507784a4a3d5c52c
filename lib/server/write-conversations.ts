import { type ExportedRow, exportConversations, exportMessages } from '#lib/db/conversation-export.ts'

/**
 * Conversations as the text of a JSON array, piece by piece: each with its summaries and all its messages, and those with
 * their generations. It is what every JSON file of ours holds, and what an import reads.
 *
 * @param hashes takes up what the ledgers name texts by
 */
export function writeConversations(
  userId: string,
  selection: Parameters<typeof exportConversations>[1],
  hashes: Set<string>,
): AsyncGenerator<string> {
  return writeArray((after) => exportConversations(userId, selection, after), conversation)

  async function* conversation(row: ExportedRow) {
    yield `${JSON.stringify(row).slice(0, -1)},\n"messages":`
    yield* writeArray((after) => exportMessages(row.id, selection, after), message)
    yield '}'
  }

  async function* message(row: ExportedRow) {
    for (const hash of namedHashes(row)) hashes.add(hash)
    yield JSON.stringify(row)
  }
}

/** A JSON array of rows that are read page by page, in the order of their ids. */
export async function* writeArray(
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
