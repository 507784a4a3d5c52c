import { documentationAsset } from '#lib/server/documentation.ts'

/** What that page is drawn with. */
export async function GET(_request: Request, context: RouteContext<'/api/docs/[asset]'>): Promise<Response> {
  const found = await documentationAsset((await context.params).asset)
  if (!found) return new Response('There is no such file.', { status: 404 })
  return new Response(found.content, {
    headers: { 'content-type': found.type, 'cache-control': 'public, max-age=3600' },
  })
}
