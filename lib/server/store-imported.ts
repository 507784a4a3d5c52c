import { countTokens } from '#lib/chat/count-tokens.ts'
import type { ImportOutcome } from '#lib/chat/import-report.ts'
import { importedTitle, type PlacedConversation, placeImported } from '#lib/chat/place-imported.ts'
import type { ReadImported } from '#lib/chat/read-imported.ts'
import { isDatabaseUnavailable, isStatementTimeout } from '#lib/db/database-errors.ts'
import {
  type CountedConversation,
  type ImportNote,
  insertImported,
  noteSkipped,
} from '#lib/db/insert-imported.ts'
import { personalHash } from '#lib/db/prompt-texts.ts'
import { log } from '#lib/log.ts'
import { promptLibrary } from '#lib/prompts/library.ts'
import { ImportCalledOff } from './import-file.ts'

/** A text of another account is kept under a hash of its own here, so that it goes with this one. */
export function importedTextHash(userId: string, hash: string): string {
  return personalHash(userId, `imported ${hash}`)
}

/**
 * Stores what was read of a file in the place of a conversation, with what became of it.
 *
 * @param turn lets others run, called often
 * @throws ImportCalledOff
 */
export async function storeImported(
  userId: string,
  read: ReadImported,
  place: Pick<ImportNote, 'importId' | 'position' | 'progress'>,
  turn: () => Promise<void>,
): Promise<void> {
  if (!read.conversation) {
    await skip({
      ...place,
      source: null,
      leftOut: {},
      outcome: read.reason,
      title: importedTitle(read.title),
    })
    return
  }
  const { source, leftOut } = read.conversation
  const note = { ...place, source, leftOut }
  const placed = placeImported(read.conversation, defaultsOf(userId))
  const counted = await countAll(placed, turn)
  try {
    const outcome = await insertPatiently(userId, counted, note)
    if (outcome === null) throw new ImportCalledOff()
  } catch (error) {
    const isTooSlow = isStatementTimeout(error)
    if (error instanceof ImportCalledOff || (isDatabaseUnavailable(error) && !isTooSlow)) throw error
    // One that the database does not take keeps none of the others out.
    const { importId, position } = place
    log().warn({ importId, position, fault: error instanceof Error ? error.name : 'unknown' }, 'not imported')
    await skip({ ...note, outcome: isTooSlow ? 'too_slow' : 'unreadable', title: placed.title })
  }
}

/** Once more when it took too long, since the database may just have been busy. */
async function insertPatiently(...given: Parameters<typeof insertImported>): Promise<ImportOutcome | null> {
  try {
    return await insertImported(...given)
  } catch (error) {
    if (!isStatementTimeout(error)) throw error
    return insertImported(...given)
  }
}

async function skip(skipped: Parameters<typeof noteSkipped>[0]): Promise<void> {
  if (!(await noteSkipped(skipped))) throw new ImportCalledOff()
}

function defaultsOf(userId: string): Parameters<typeof placeImported>[1] {
  const { personas, defaultPersona } = promptLibrary()
  return {
    ...{ userId, persona: defaultPersona, now: new Date().toISOString() },
    intensity: personas.find(({ id }) => id === defaultPersona)?.intensity ?? 'medium',
    textHash: (hash) => importedTextHash(userId, hash),
  }
}

async function countAll(placed: PlacedConversation, turn: () => Promise<void>): Promise<CountedConversation> {
  const messages: CountedConversation['messages'] = []
  for (const message of placed.messages) {
    messages.push({ ...message, tokens: await countInTurns(message.text, turn) })
  }
  const summaries: CountedConversation['summaries'] = []
  for (const summary of placed.summaries) {
    summaries.push({ ...summary, tokens: await countInTurns(summary.text, turn) })
  }
  return { ...placed, messages, summaries }
}

/** A few milliseconds' work of the tokeniser, in UTF-16 units; a token more or less for each does no harm. */
const COUNTED_AT_ONCE = 8_192

async function countInTurns(text: string, turn: () => Promise<void>): Promise<number> {
  let tokens = 0
  for (let start = 0; start < text.length; start += COUNTED_AT_ONCE) {
    await turn()
    tokens += countTokens(text.slice(start, start + COUNTED_AT_ONCE))
  }
  return tokens
}
