import { AppError } from '#lib/errors.ts'
import { answerErrors } from '#lib/server/answer-errors.ts'
import { documentationAsset } from '#lib/server/documentation.ts'

/** What that page is drawn with. */
export function GET(_request: Request, context: RouteContext<'/api/docs/[asset]'>): Promise<Response> {
  return answerErrors(async () => {
    const found = await documentationAsset((await context.params).asset)
    if (!found) throw new AppError('not_found', 'The documentation has no such file.')
    return new Response(found.content, {
      headers: { 'content-type': found.type, 'cache-control': 'public, max-age=3600' },
    })
  })
}
