import { subscribe } from 'node:diagnostics_channel'
import { IncomingMessage } from 'node:http'
import { env } from '#lib/env.ts'
import { believedAddress } from './believed-address.ts'

/**
 * Puts into `x-forwarded-for` of each request, before Next sees it, the one address that can be believed. Later it would be
 * too late: where the header is there already, Next does not tell its handlers the socket's address.
 */
export function noteAddresses(): void {
  const { TRUST_PROXY: proxies } = env()
  subscribe('http.server.request.start', (message) => {
    const request = requestOf(message)
    const peer = request?.socket.remoteAddress
    if (!request || peer === undefined) return
    const { 'x-forwarded-for': header } = request.headers
    const forwarded = Array.isArray(header) ? header.join(',') : header
    request.headers['x-forwarded-for'] = believedAddress({ peer, forwarded, proxies })
  })
}

function requestOf(message: unknown): IncomingMessage | undefined {
  const isEvent = typeof message === 'object' && message !== null && 'request' in message
  return isEvent && message.request instanceof IncomingMessage ? message.request : undefined
}
