import {
  IMPORT_PIECE_BYTES,
  type ImportReport,
  type ImportState,
  pieceCount,
} from '#lib/chat/import-report.ts'
import {
  deleteImport,
  findImport,
  findLostImports,
  insertImportPiece,
  openImport,
  queueImport,
  readImportReport,
} from '#lib/db/imports.ts'
import { env } from '#lib/env.ts'
import { AppError } from '#lib/errors.ts'
import { log } from '#lib/log.ts'
import { type JobQueue, sendJob } from './jobs.ts'
import { importNotFound } from './path-ids.ts'
import { giveUpImport, runImport } from './run-import.ts'

/** Imports are work of the background: it goes on when the page is left, and on another server when this one dies. */
export const importQueue: JobQueue = {
  name: 'import',
  retryLimit: 3,
  expireInSeconds: 6 * 3_600,
  heartbeatSeconds: 20,
  // It takes what is left of one processor.
  concurrency: 1,
  async handle(importId, isLastAttempt) {
    try {
      await runImport(importId)
    } catch (error) {
      if (isLastAttempt) await giveUpImport(importId)
      throw error
    }
  },
}

/**
 * Begins to take a file in, or goes on with it when some of its pieces are here.
 *
 * @throws AppError body_too_large, import_running
 */
export async function beginImport(
  userId: string,
  { lastModified, ...file }: { fileName: string; size: number; lastModified?: number | undefined },
): Promise<ImportState> {
  const megabytes = env().IMPORT_MAX_MB
  if (file.size > megabytes * 1_048_576) {
    throw new AppError(
      'body_too_large',
      `The file is larger than ${megabytes} MB. Unpack it and choose conversations.json alone, or ask whoever runs this server to allow more.`,
      { field: 'size' },
    )
  }
  const modifiedAt = lastModified === undefined ? null : new Date(lastModified)
  const opened = await openImport(userId, { ...file, modifiedAt })
  if (!opened) {
    throw new AppError(
      'import_running',
      'Another file is being imported. Wait for its end, or stop it first.',
      { retryAfterSeconds: 5 },
    )
  }
  return opened
}

/**
 * Takes a piece of a file; with the last one that is missing the work begins. The same piece again changes nothing.
 *
 * @throws AppError not_found, invalid_request when it is not of the size that it has in this file, too_busy
 */
export async function takeImportPiece(
  userId: string,
  importId: string,
  index: number,
  data: Uint8Array,
): Promise<ImportState> {
  const found = await findImport(userId, importId)
  if (!found) throw importNotFound()
  const pieces = pieceCount(found.size)
  const wanted = index === pieces - 1 ? found.size - index * IMPORT_PIECE_BYTES : IMPORT_PIECE_BYTES
  if (index >= pieces || data.byteLength !== wanted) {
    throw new AppError('invalid_request', 'This is not a piece of the file that was announced.', {
      field: 'index',
    })
  }
  const isTaken = await insertImportPiece(userId, importId, index, data)
  if (isTaken && (await queueImport(importId, pieces))) await requestImport(importId)
  return readImport(userId, importId)
}

/** What is queued without a job is found at the next start. */
async function requestImport(importId: string): Promise<void> {
  try {
    await sendJob(importQueue.name, importId)
  } catch (error) {
    log().warn({ importId, error: String(error) }, 'an import could not be asked for yet')
  }
}

async function readImport(userId: string, importId: string): Promise<ImportState> {
  const found = await findImport(userId, importId)
  if (!found) throw importNotFound()
  return found
}

/**
 * How an import goes, or went, with a page of what became of each conversation.
 *
 * @throws AppError not_found
 */
export async function importReport(
  userId: string,
  importId: string,
  page: { after: number; onlySkipped: boolean },
): Promise<ImportReport> {
  const report = await readImportReport(userId, importId, page)
  if (!report) throw importNotFound()
  return report
}

/**
 * Stops an import, or forgets its report; what came stays.
 *
 * @throws AppError not_found
 */
export async function removeImport(userId: string, importId: string): Promise<void> {
  if (!(await deleteImport(userId, importId))) throw importNotFound()
}

/** Asks again for the work that may have been lost with a server. */
export async function recoverImports(): Promise<void> {
  for (const importId of await findLostImports()) await sendJob(importQueue.name, importId)
}
