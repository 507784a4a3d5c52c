import { bearerToken } from '#lib/chat/bearer-token.ts'
import { env } from '#lib/env.ts'
import { AppError } from '#lib/errors.ts'
import { isSameSecret } from './secret-token.ts'

/**
 * Lets in who may read the metrics: whoever sends METRICS_TOKEN, or without one whoever is on this machine.
 *
 * `noteAddresses` leaves the address that can be believed in the header. Where TRUST_PROXY tells it to believe what other
 * machines say, a client that gets past the proxy could say that it is this one: then only the token counts. What a proxy
 * on this machine passes on is told by its headers: it names the client's address, or the public host. One that hides both
 * hides them from signing in, too.
 *
 * @throws AppError `invalid_token`, `metrics_private`
 */
export function requireScraper(headers: Headers): void {
  const { METRICS_TOKEN, TRUST_PROXY = 0 } = env()
  if (METRICS_TOKEN !== undefined) {
    if (isSameSecret(bearerToken(headers) ?? '', METRICS_TOKEN)) return
    throw new AppError('invalid_token', 'The metrics want METRICS_TOKEN, as "Authorization: Bearer …".')
  }
  if (TRUST_PROXY === 0 && namesLoopbackOnly(headers)) return
  throw new AppError(
    'metrics_private',
    'The metrics are for this machine only. To read them from elsewhere, set METRICS_TOKEN and send it as "Authorization: Bearer …".',
  )
}

/** Next fills in `x-forwarded-host` when it was not sent. */
function namesLoopbackOnly(headers: Headers): boolean {
  if (headers.has('forwarded') || headers.has('x-real-ip')) return false
  const addresses = (headers.get('x-forwarded-for') ?? '').split(',')
  const hosts = [headers.get('host'), headers.get('x-forwarded-host')].flatMap(
    (value) => value?.split(',') ?? [],
  )
  return addresses.every(isLoopback) && hosts.every((host) => isLoopback(host.replace(/:\d+$/, '')))
}

function isLoopback(name: string): boolean {
  const address = name
    .trim()
    .toLowerCase()
    .replace(/^\[|\]$/g, '')
    .replace(/^::ffff:/, '')
  return address === 'localhost' || address === '::1' || /^127\.\d+\.\d+\.\d+$/.test(address)
}
