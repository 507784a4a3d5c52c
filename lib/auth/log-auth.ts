import { AuthError, CredentialsSignin, type NextAuthConfig } from 'next-auth'
import { log } from '#lib/log.ts'

/** What anyone can bring about by a request: a cookie of an older secret, a sign-in that was called off, a stray address. */
const everyday = new Set([
  'AccessDenied',
  'InvalidCheck',
  'JWTSessionError',
  'MissingCSRF',
  'OAuthCallbackError',
  'UnknownAction',
])

/** next-auth's own reports, in our log. */
export const logAuth: NonNullable<NextAuthConfig['logger']> = {
  error(error) {
    // The form says it; the limits count it.
    if (error instanceof CredentialsSignin) return
    const kind = error instanceof AuthError ? error.type : error.name
    const level = everyday.has(kind) ? 'info' : 'error'
    log()[level]({ kind, error: error.message, cause: causeOf(error) }, 'authentication failed')
  },
  warn(code) {
    log().warn({ code }, 'authentication warning')
  },
  debug() {
    // Holds tokens and profiles.
  },
}

/** Messages only: a cause of next-auth's carries the provider's whole answer beside its error. */
function causeOf(error: Error): string | undefined {
  const { cause } = error
  if (cause instanceof Error) return cause.message
  const inner = typeof cause === 'object' && cause !== null && 'err' in cause ? cause.err : undefined
  return inner instanceof Error ? `${inner.name}: ${inner.message}` : undefined
}
