import { call, RequestError, readBody } from '#components/chat/chat-api.ts'
import { waitOrOnline } from '#components/chat/wait-or-online.ts'
import {
  IMPORT_PIECE_BYTES,
  type ImportReport,
  type ImportState,
  pieceCount,
} from '#lib/chat/import-report.ts'

/** How many pieces are on their way at a time. */
const PIECES_AT_ONCE = 2
/** A piece is a megabyte, on a slow line. */
const PIECE_PATIENCE_MS = 120_000

/** A page of a report; throws a RequestError. */
export async function readReport(id: string, after = 0, onlySkipped = false): Promise<ImportReport> {
  const only = onlySkipped ? '&only=skipped' : ''
  return readBody(await call('GET', `/api/imports/${id}?after=${after}${only}`))
}

/** Stops an import, or forgets its report; throws a RequestError. */
export async function removeImport(id: string): Promise<void> {
  await call('DELETE', `/api/imports/${id}`)
}

/**
 * Announces a file. When a part of the same file is here already, it goes on with that.
 * Throws a RequestError.
 */
export async function beginImport(file: File): Promise<ImportState> {
  const fileName = file.name.slice(-255) || 'export'
  const { size, lastModified } = file
  const response = await call('POST', '/api/imports', { body: { fileName, size, lastModified } })
  return (await readBody<{ import: ImportState }>(response)).import
}

interface SendOptions {
  signal: AbortSignal
  /** Called as pieces arrive, with how many bytes are there. */
  onSent(bytes: number): void
}

/**
 * Sends the pieces of a file that are not there yet, and says how the import stands then.
 * Throws a RequestError, or an AbortError when the signal says so.
 */
export async function sendPieces(
  file: File,
  begun: ImportState,
  { signal, onSent }: SendOptions,
): Promise<ImportState> {
  const there = new Set(begun.pieces)
  const missing = Array.from({ length: pieceCount(file.size) }, (_, piece) => piece).filter(
    (piece) => !there.has(piece),
  )
  // What is whole and still waits, waits for the last piece: the server did not come to begin.
  if (missing.length === 0) missing.push(pieceCount(file.size) - 1)
  let bytes = (pieceCount(file.size) - missing.length) * IMPORT_PIECE_BYTES
  let state = begun
  onSent(bytes)
  async function sendNext(): Promise<void> {
    for (let piece = missing.shift(); piece !== undefined; piece = missing.shift()) {
      const start = piece * IMPORT_PIECE_BYTES
      const part = file.slice(start, start + IMPORT_PIECE_BYTES)
      state = await sendPiece(begun.id, piece, part, signal)
      bytes += part.size
      onSent(Math.min(bytes, file.size))
    }
  }
  await Promise.all(Array.from({ length: PIECES_AT_ONCE }, sendNext))
  return state
}

/** How often a piece is sent again when the server cannot be reached, and how long is waited before that. */
const RETRY_MS = [1_000, 3_000, 10_000, 30_000]

async function sendPiece(
  id: string,
  piece: number,
  part: Blob,
  signal: AbortSignal,
  attempt = 0,
): Promise<ImportState> {
  try {
    return await sendOnce(id, piece, part, signal)
  } catch (error) {
    const waitMs = RETRY_MS[attempt]
    if (!(error instanceof RequestError && error.code === 'unreachable') || waitMs === undefined) throw error
    await waitOrOnline(waitMs, signal)
    return sendPiece(id, piece, part, signal, attempt + 1)
  }
}

async function sendOnce(id: string, piece: number, part: Blob, signal: AbortSignal): Promise<ImportState> {
  const response = await call('PUT', `/api/imports/${id}/pieces/${piece}`, {
    ...{ body: part, signal, patienceMs: PIECE_PATIENCE_MS },
  })
  return (await readBody<{ import: ImportState }>(response)).import
}
