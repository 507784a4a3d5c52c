/**
 * The bearer token of a request's headers; NULL when it has none. Another kind of Authorization, such as Basic, is for a
 * proxy in front of us.
 */
export function bearerToken(headers: Headers): string | null {
  return /^Bearer\s+(\S*)\s*$/i.exec(headers.get('authorization') ?? '')?.[1] ?? null
}
