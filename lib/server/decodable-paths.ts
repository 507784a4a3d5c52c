import { subscribe } from 'node:diagnostics_channel'
import { IncomingMessage } from 'node:http'

const shared = globalThis as typeof globalThis & { stoaMendsPaths?: boolean }

/**
 * Sees to it that every path can be decoded before Next sees it, which answers 500 where a parameter cannot. So it is
 * answered like any other address that leads to nothing.
 */
export function mendPaths(): void {
  if (shared.stoaMendsPaths) return
  shared.stoaMendsPaths = true
  subscribe('http.server.request.start', (message) => {
    const isEvent = typeof message === 'object' && message !== null && 'request' in message
    if (!isEvent || !(message.request instanceof IncomingMessage)) return
    const { request } = message
    if (request.url?.includes('%')) request.url = decodablePath(request.url)
  })
}

/** The same address; in parts of its path that are no encoding of UTF-8 each `%` stands for itself. */
export function decodablePath(url: string): string {
  const [path = '', ...query] = url.split('?')
  const parts = path.split('/').map((part) => (isDecodable(part) ? part : part.replaceAll('%', '%25')))
  return [parts.join('/'), ...query].join('?')
}

function isDecodable(part: string): boolean {
  try {
    decodeURIComponent(part)
    return true
  } catch {
    return false
  }
}
