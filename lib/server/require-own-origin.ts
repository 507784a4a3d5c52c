import { bearerToken } from '#lib/chat/bearer-token.ts'
import { env } from '#lib/env.ts'
import { AppError } from '#lib/errors.ts'

/**
 * Refuses a request that another site's page made with this person's cookies. A browser names the page's origin on
 * every request that can change something; programs without a browser send none. A bearer token is no
 * cookie: a browser adds none by itself (as it does with Basic, to a proxy's password), so that whoever sends one means it.
 *
 * @throws AppError foreign_origin
 */
export function requireOwnOrigin(request: Request): void {
  if (bearerToken(request.headers) !== null) return
  const origin = request.headers.get('origin')
  const site = request.headers.get('sec-fetch-site')
  if (
    origin === null
      ? site === null || site === 'same-origin' || site === 'none'
      : isOwnOrigin(origin, request)
  )
    return
  throw new AppError('foreign_origin', 'This request came from another site, so it was not carried out.')
}

/** Compared by host: behind a proxy this process does not know whether the person's connection is HTTPS. */
function isOwnOrigin(origin: string, request: Request): boolean {
  if (!URL.canParse(origin)) return false
  const { AUTH_URL } = env()
  const { host } = new URL(origin)
  const own = [
    request.headers.get('x-forwarded-host'),
    request.headers.get('host'),
    AUTH_URL && new URL(AUTH_URL).host,
  ]
  return own.includes(host)
}
