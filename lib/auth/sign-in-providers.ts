import type { Env } from '#lib/env.ts'

/** Another place to sign in at, as a button names it. */
export interface SignInProvider {
  id: 'github' | 'google' | 'oidc'
  name: string
}

/** The other providers whose variables are set. */
export function signInProviders(env: Env): SignInProvider[] {
  const providers: SignInProvider[] = []
  if (env.AUTH_GITHUB_ID) providers.push({ id: 'github', name: 'GitHub' })
  if (env.AUTH_GOOGLE_ID) providers.push({ id: 'google', name: 'Google' })
  if (env.AUTH_OIDC_ID) providers.push({ id: 'oidc', name: env.AUTH_OIDC_NAME })
  return providers
}
