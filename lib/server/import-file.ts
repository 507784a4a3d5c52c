import { IMPORT_PIECE_BYTES, type OtherFiles } from '#lib/chat/import-report.ts'
import { readImportPiece } from '#lib/db/imports.ts'
import { env } from '#lib/env.ts'
import { type ByteSource, type JsonDocument, readZip } from './read-zip.ts'

/** How many times the size of the largest file its documents may have, unpacked. */
const MOST_UNPACKED = 10

/** The person has called the import off, or their account is gone. */
export class ImportCalledOff extends Error {}

/**
 * The documents of a file whose pieces are all here: of an archive, or the file itself.
 *
 * @throws ImportFaultError, ImportCalledOff
 */
export async function openImportFile(
  importId: string,
  size: number,
): Promise<{ documents: JsonDocument[]; otherFiles: OtherFiles }> {
  const source = pieceSource(importId, size)
  const head = Buffer.concat(await Array.fromAsync(source.read(0, Math.min(2, size))))
  // Every zip archive begins with the header of its first file, an empty one with that of its end.
  if (head.toString('latin1') === 'PK') {
    return readZip(source, env().IMPORT_MAX_MB * 1_048_576 * MOST_UNPACKED)
  }
  return { documents: [{ size, open: async () => source.read(0, size) }], otherFiles: {} }
}

function pieceSource(importId: string, size: number): ByteSource {
  return {
    size,
    async *read(start, end) {
      for (let at = start; at < end; ) {
        const index = Math.floor(at / IMPORT_PIECE_BYTES)
        const piece = await readImportPiece(importId, index)
        if (!piece) throw new ImportCalledOff()
        const first = index * IMPORT_PIECE_BYTES
        yield piece.subarray(at - first, end - first)
        at = first + IMPORT_PIECE_BYTES
      }
    },
  }
}
