import { requireUser } from '#lib/auth/session.ts'
import { IMPORT_PIECE_BYTES } from '#lib/chat/import-report.ts'
import { answerErrors } from '#lib/server/answer-errors.ts'
import { takeImportPiece } from '#lib/server/imports.ts'
import { importIdFrom, pieceFrom } from '#lib/server/path-ids.ts'
import { readBytes } from '#lib/server/read-json.ts'

/** A piece of a file, by its number from 0; with the last one that is missing the import begins. */
export function PUT(
  request: Request,
  context: RouteContext<'/api/imports/[importId]/pieces/[piece]'>,
): Promise<Response> {
  return answerErrors(async () => {
    const user = await requireUser()
    const params = await context.params
    const [importId, piece] = [importIdFrom(params), pieceFrom(params)]
    const data = await readBytes(request, IMPORT_PIECE_BYTES)
    const state = await takeImportPiece(user.id, importId, piece, data)
    return Response.json({ import: state }, { headers: { 'cache-control': 'no-store' } })
  })
}
