import { IMPORT_PIECE_BYTES, type ImportReport } from '#lib/chat/import-report.ts'
import { beginImport, importReport, takeImportPiece } from '#lib/server/imports.ts'
import { runImport } from '#lib/server/run-import.ts'

/** Sends a file in pieces, without the work beginning. */
export async function sendFile(
  userId: string,
  content: string | Uint8Array,
  fileName = 'export',
): Promise<string> {
  const bytes = Buffer.from(content)
  const { id } = await beginImport(userId, { fileName, size: bytes.length })
  for (let piece = 0; piece * IMPORT_PIECE_BYTES < bytes.length; piece += 1) {
    const start = piece * IMPORT_PIECE_BYTES
    await takeImportPiece(userId, id, piece, bytes.subarray(start, start + IMPORT_PIECE_BYTES))
  }
  return id
}

/** Imports a file and says what became of it. */
export async function importFile(userId: string, content: string | Uint8Array): Promise<ImportReport> {
  const id = await sendFile(userId, content)
  await runImport(id)
  return importReport(userId, id, { after: 0, onlySkipped: false })
}
