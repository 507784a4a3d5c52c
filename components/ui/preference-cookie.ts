const YEAR_SECONDS = 31_536_000

/** Keeps a preference where the server sees it with the next request. */
export function setPreferenceCookie(name: string, value: string): void {
  const attributes = `path=/; max-age=${YEAR_SECONDS}; samesite=lax`
  // biome-ignore lint/suspicious/noDocumentCookie: the Cookie Store API is missing on plain HTTP.
  document.cookie = `${name}=${encodeURIComponent(value)}; ${attributes}`
}
