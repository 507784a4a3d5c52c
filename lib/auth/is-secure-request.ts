import { env } from '#lib/env.ts'

/** Whether the browser speaks HTTPS: as AUTH_URL says, else as the nearest proxy does, else as the socket is. */
export function isSecureRequest(headers: Headers): boolean {
  const { AUTH_URL } = env()
  if (AUTH_URL !== undefined) return new URL(AUTH_URL).protocol === 'https:'
  return headers.get('x-forwarded-proto') === 'https'
}
