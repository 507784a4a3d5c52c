import { BlockList } from 'node:net'

interface Connection {
  /** The address at the other end of the socket. */
  peer: string
  /** The header `x-forwarded-for` as it came. */
  forwarded: string | undefined
  /** How many proxies stand in front of this server; undefined: one if it runs on this machine. */
  proxies: number | undefined
}

const loopback = new BlockList()
loopback.addSubnet('127.0.0.0', 8)
loopback.addAddress('::1', 'ipv6')

/**
 * Where a request came from. Each proxy appends whom it heard; what stands before that is the client's own word. So of
 * the entries only as many are believed as there are proxies.
 */
export function believedAddress({ peer, forwarded, proxies }: Connection): string {
  const entries = forwarded?.split(',').map((entry) => entry.trim()) ?? []
  const believed = proxies ?? (isLoopback(peer) ? 1 : 0)
  // With fewer entries than proxies the outermost one that spoke is the best there is.
  const heard = believed === 0 ? [] : entries.filter(Boolean).slice(-believed)
  return heard[0] ?? peer
}

function isLoopback(address: string): boolean {
  const plain = address.replace(/^::ffff:(?=\d+\.)/i, '')
  return loopback.check(plain, plain.includes(':') ? 'ipv6' : 'ipv4')
}
