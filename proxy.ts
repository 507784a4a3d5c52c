import { type NextRequest, NextResponse } from 'next/server'
import { publicOrigin } from '#lib/auth/public-origin.ts'
import { sharedReadWait } from '#lib/auth/shared-read-limit.ts'
import { env } from '#lib/env.ts'
import { contentSecurityPolicy } from '#lib/server/content-security-policy.ts'
import { tooManyReads } from '#lib/server/too-many-reads.ts'

/**
 * Gives each page a policy with a nonce of its own; Next puts the nonce, which it reads from the request, on its scripts.
 * Nothing here decides who may see what: pages, routes and actions do that themselves. That too many shared copies are
 * asked for is said here, since a page cannot answer with the status for it.
 */
export async function proxy(request: NextRequest): Promise<Response> {
  const nonce = Buffer.from(crypto.getRandomValues(new Uint8Array(16))).toString('base64')
  const policy = contentSecurityPolicy({ nonce, isDevelopment: env().NODE_ENV === 'development' })
  const headers = new Headers(request.headers)
  headers.set('content-security-policy', policy)
  const response = (await refusal(request)) ?? NextResponse.next({ request: { headers } })
  response.headers.set('content-security-policy', policy)
  if (publicOrigin(request.headers).startsWith('https:')) {
    // For this host alone: of its subdomains we know nothing.
    response.headers.set('strict-transport-security', 'max-age=31536000')
    // On plain HTTP a browser ignores it, and says so in its console.
    response.headers.set('cross-origin-opener-policy', 'same-origin')
  }
  return response
}

/** NULL: the page may be read. */
async function refusal({ nextUrl, headers }: NextRequest): Promise<Response | null> {
  if (!nextUrl.pathname.startsWith('/s/')) return null
  const seconds = await sharedReadWait(headers)
  return seconds === 0 ? null : tooManyReads(headers, seconds)
}

/** Pages only: what next.config.ts sends is enough for answers of routes and for files, and costs them no time. */
export const config = {
  matcher:
    '/((?!api/|v1/|metrics$|_next/|icons/|(?:icon\\.svg|apple-icon\\.png|sw\\.js|manifest\\.webmanifest|robots\\.txt)$).*)',
}
