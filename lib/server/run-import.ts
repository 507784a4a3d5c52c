import { z } from 'zod'
import { cleanText } from '#lib/chat/clean-text.ts'
import { type ImportFault, ImportFaultError } from '#lib/chat/import-faults.ts'
import type { OtherFiles } from '#lib/chat/import-report.ts'
import { readImported } from '#lib/chat/read-imported.ts'
import { countImportOutcomes, endImport, insertImportedTexts, takeImport } from '#lib/db/imports.ts'
import { log } from '#lib/log.ts'
import { ImportCalledOff, openImportFile } from './import-file.ts'
import { readJsonDocument } from './read-json-document.ts'
import type { JsonDocument } from './read-zip.ts'
import { importedTextHash, storeImported } from './store-imported.ts'
import { takeTurns } from './take-turns.ts'

/** How often the work is taken up without anything coming of it. */
const MOST_ATTEMPTS = 3

/**
 * Reads a file whose pieces are all here, conversation by conversation, and stores each with what became of it. Done again,
 * after a server died, it goes on after the last one that was stored; not when it always dies at the same one.
 */
export async function runImport(importId: string): Promise<void> {
  const taken = await takeImport(importId)
  if (!taken) return
  if (taken.attempts > MOST_ATTEMPTS) {
    await finish(importId, 'stopped_server', null)
    return
  }
  let fault: ImportFault | null = null
  let otherFiles: OtherFiles | null = null
  try {
    const opened = await openImportFile(importId, taken.size)
    otherFiles = opened.otherFiles
    fault = await readDocuments(opened.documents, { importId, ...taken })
  } catch (error) {
    if (error instanceof ImportCalledOff) return
    if (!(error instanceof ImportFaultError)) throw error
    fault = error.fault
  }
  await finish(importId, fault, otherFiles)
}

/** Ends one whose work fails for good; what came stays. */
export async function giveUpImport(importId: string): Promise<void> {
  await finish(importId, 'interrupted', null)
}

async function finish(
  importId: string,
  given: ImportFault | null,
  otherFiles: OtherFiles | null,
): Promise<void> {
  const counts = await countImportOutcomes(importId)
  const isEmpty = Object.keys(counts).length === 0
  const fault = given ?? (isEmpty ? 'not_an_export' : null)
  const status = fault === null ? 'done' : isEmpty ? 'failed' : 'incomplete'
  await endImport(importId, { status, fault, otherFiles })
  log().info({ importId, status, fault, counts }, 'an import ended')
}

/** More than anybody has talked; a file of nothing but empty ones would keep the server busy for days. */
const MOST_CONVERSATIONS = 100_000

interface Work {
  importId: string
  userId: string
  /** How many conversations were noted before the server died that began it. */
  entries: number
}

/** Reads one document after the other, and the next one when one is damaged. Returns the first fault. */
async function readDocuments(
  documents: JsonDocument[],
  { importId, userId, entries }: Work,
): Promise<ImportFault | null> {
  const total = documents.reduce((sum, { size }) => sum + size, 0)
  const turn = takeTurns()
  let fault: ImportFault | null = null
  let bytesBefore = 0
  let position = 0
  for (const document of documents) {
    try {
      for await (const { kind, value, bytes } of readJsonDocument(await document.open())) {
        await turn()
        if (kind === 'text') {
          await keepText(userId, value)
          continue
        }
        const read = readImported(value)
        if (!read) continue
        position += 1
        if (position > MOST_CONVERSATIONS) throw new ImportFaultError('too_many_conversations')
        if (position <= entries) continue
        const progress = Math.min(1, (bytesBefore + bytes) / total)
        await storeImported(userId, read, { importId, position, progress }, turn)
      }
    } catch (error) {
      if (!(error instanceof ImportFaultError)) throw error
      fault ??= error.fault
    }
    bytesBefore += document.size
  }
  return fault
}

const textSchema = z.object({ hash: z.string(), text: z.string() })

/** A text that ledgers of our own JSON name. */
async function keepText(userId: string, value: unknown): Promise<void> {
  const parsed = textSchema.safeParse(value)
  if (!parsed.success) return
  const { hash, text } = parsed.data
  await insertImportedTexts(userId, [{ hash: importedTextHash(userId, hash), text: cleanText(text) }])
}
