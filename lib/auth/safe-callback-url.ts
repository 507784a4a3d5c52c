/** Stands for this origin; nothing is ever sent to it. */
const SELF = 'http://self.invalid'

/**
 * The path to go to after signing in: `value` when it leads to this origin, else `/`.
 *
 * @param value what came with the request: a path, or an address under `origin`
 */
export function safeCallbackUrl(value: unknown, origin: string = SELF): string {
  if (typeof value !== 'string') return '/'
  if (!value.startsWith('/') && !value.startsWith(`${origin}/`)) return '/'
  // Parsed as a browser would, which takes a backslash for a slash and skips tabs and line breaks.
  const url = URL.parse(value, origin)
  if (url?.origin !== new URL(origin).origin) return '/'
  const path = url.pathname + url.search + url.hash
  // Resolving dots can uncover two slashes: `/.//host` is another host to whoever reads the result.
  return path.startsWith('//') ? '/' : path
}
