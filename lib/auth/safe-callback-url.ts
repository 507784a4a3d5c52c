/** Stands for this origin; nothing is ever sent to it. */
const SELF = 'http://self.invalid'

/** What URL parsers drop, or browsers take for a slash: no path of ours holds it unencoded. */
const treacherous = /[\p{Cc}\\]/u

/**
 * The path to go to after signing in: `value` when it leads to this origin, else `/`.
 *
 * @param value what came with the request: a path, or an address under `origin`
 */
export function safeCallbackUrl(value: unknown, origin: string = SELF): string {
  if (typeof value !== 'string' || treacherous.test(value)) return '/'
  if (!value.startsWith('/') && !value.startsWith(`${origin}/`)) return '/'
  const url = URL.parse(value, origin)
  if (url?.origin !== new URL(origin).origin) return '/'
  const path = url.pathname + url.search + url.hash
  // Resolving dots can uncover two slashes: `/.//host` is another host to whoever reads the result.
  return path.startsWith('//') ? '/' : path
}
