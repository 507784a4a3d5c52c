import { env } from '#lib/env.ts'

/**
 * The origin under which the browser knows this server: as AUTH_URL says, else what the proxy in front of us passed
 * on, else what the browser asked for. Next fills in the forwarded headers of a request that came without them.
 *
 * Whoever speaks to us directly can forge both headers, and so mislead only themselves: no page is cached, and
 * server actions compare the same host with the browser's Origin.
 */
export function publicOrigin(headers: Headers): string {
  const { AUTH_URL } = env()
  if (AUTH_URL !== undefined) return new URL(AUTH_URL).origin
  const protocol = headers.get('x-forwarded-proto') === 'https' ? 'https' : 'http'
  const host = headers.get('x-forwarded-host') ?? headers.get('host')
  return `${protocol}://${host}`
}
