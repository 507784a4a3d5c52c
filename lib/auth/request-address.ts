import { isIPv4, isIPv6 } from 'node:net'

/**
 * Whom attempts to sign in are counted against: an IPv4 address, or the /64 network of an IPv6 one, which a single
 * household or machine has to itself.
 *
 * It is read from `x-forwarded-for`, where `noteAddresses` left the one address that can be believed.
 */
export function requestAddress(headers: Headers): string {
  const entry = headers.get('x-forwarded-for')?.split(',').at(-1)?.trim() ?? ''
  const address = withoutPort(entry).replace(/^::ffff:(?=\d+\.)/i, '')
  if (isIPv4(address)) return address
  return isIPv6(address) ? network(address) : 'unknown'
}

/** Some proxies write `1.2.3.4:5678` and `[2001:db8::1]:5678`. */
function withoutPort(entry: string): string {
  return /^\[(.*)\](?::\d+)?$/.exec(entry)?.[1] ?? /^([\d.]+):\d+$/.exec(entry)?.[1] ?? entry
}

/** The first four of the eight groups. */
function network(address: string): string {
  const [head = '', tail = ''] = address.replace(/%.*$/, '').toLowerCase().split('::')
  const start = head.split(':').filter(Boolean)
  const end = tail.split(':').filter(Boolean)
  const gap = Math.max(0, 8 - start.length - end.length)
  const groups = [...start, ...Array<string>(gap).fill('0'), ...end]
  return `${groups
    .slice(0, 4)
    .map((group) => group.replace(/^0+(?=.)/, ''))
    .join(':')}::/64`
}
