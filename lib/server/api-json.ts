import { createHash } from 'node:crypto'

/**
 * An answer of the REST API. What is read comes with an entity tag, and is not sent again to a program that has kept it
 * (`If-None-Match`); no cache may keep it.
 */
export function apiJson(
  request: Request,
  body: unknown,
  init: { status?: number; headers?: HeadersInit } = {},
): Response {
  const text = JSON.stringify(body)
  const headers = new Headers(init.headers)
  headers.set('content-type', 'application/json')
  headers.set('cache-control', 'no-store')
  if (request.method !== 'GET') return new Response(text, { status: init.status ?? 200, headers })
  const tag = `"${createHash('sha256').update(text).digest('base64url').slice(0, 27)}"`
  headers.set('etag', tag)
  const known = request.headers.get('if-none-match')?.split(',') ?? []
  if (known.some((each) => each.trim().replace(/^W\//, '') === tag)) {
    headers.delete('content-type')
    return new Response(null, { status: 304, headers })
  }
  return new Response(text, { status: init.status ?? 200, headers })
}

/** The answer that there is nothing to tell. */
export function noContent(): Response {
  return new Response(null, { status: 204, headers: { 'cache-control': 'no-store' } })
}
