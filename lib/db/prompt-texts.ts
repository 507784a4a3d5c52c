import { createHash } from 'node:crypto'
import { Prisma } from './generated/client.ts'

/** A text that requests are composed of. */
export interface PromptText {
  hash: string
  text: string
  /** Whether it goes with the person's account: what they told of themselves, or what quotes their conversation. */
  isPersonal: boolean
}

/** The hash that a person's own text is kept under: the same text of two people is two. */
export function personalHash(userId: string, text: string): string {
  return createHash('sha256').update(`${userId}\n${text}`).digest('hex')
}

/** More than a library and the people of a day have; then it is forgotten, and each is written once more to no effect. */
const MAX_KNOWN = 5_000

const shared = globalThis as typeof globalThis & { stoaKnownTexts?: Set<string> }

/** Hashes of texts that this process knows to be stored. */
function knownTexts(): Set<string> {
  shared.stoaKnownTexts ??= new Set()
  return shared.stoaKnownTexts
}

/** Texts that were stored need not be sent to the database again by this process. */
export function rememberTexts(texts: PromptText[]): void {
  const known = knownTexts()
  if (known.size >= MAX_KNOWN) known.clear()
  for (const { hash } of texts) known.add(hash)
}

/** For the statement that writes a turn (its conversation in `target`), as a common table: keeps the texts that are missing. */
export function insertedTexts(userId: string, texts: PromptText[]): Prisma.Sql {
  const known = knownTexts()
  // In one order everywhere: of two turns that write the same texts, one waits for the other, and not each for the other.
  const missing = texts.filter(({ hash }) => !known.has(hash)).sort((a, b) => (a.hash < b.hash ? -1 : 1))
  return Prisma.sql`texts AS (
    INSERT INTO prompt_text (hash, "userId", text)
    SELECT part.hash, CASE WHEN part."isPersonal" THEN ${userId}::uuid END, part.text
    FROM target CROSS JOIN jsonb_to_recordset(${JSON.stringify(missing)}::jsonb) AS part(hash text, text text, "isPersonal" boolean)
    ON CONFLICT (hash) DO NOTHING)`
}
