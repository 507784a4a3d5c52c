import { CredentialsSignin, type NextAuthConfig } from 'next-auth'
import credentials from 'next-auth/providers/credentials'
import github from 'next-auth/providers/github'
import google from 'next-auth/providers/google'
import { z } from 'zod'
import { findUserByAccount, findUserById, type User } from '#lib/db/users.ts'
import { env } from '#lib/env.ts'
import { AppError } from '#lib/errors.ts'
import { admitProviderAccount } from './admit-provider-account.ts'
import { logAuth } from './log-auth.ts'
import { registrationNow } from './registration-now.ts'
import { requestAddress } from './request-address.ts'
import { safeCallbackUrl } from './safe-callback-url.ts'
import { noteSessionFault } from './session-faults.ts'
import { signInWithPassword } from './sign-in.ts'

/** Who is signed in, as pages and handlers know them. */
export interface SessionUser {
  id: string
  email: string
  name: string
  role: User['role']
}

declare module 'next-auth' {
  interface Session {
    user: SessionUser
  }
}

/** A refused password, on its way through next-auth to the form that sent it. */
export class PasswordRefused extends CredentialsSignin {
  readonly reason: AppError

  constructor(reason: AppError) {
    super()
    this.reason = reason
    this.code = reason.code
  }
}

interface RequestFacts {
  /** Whether the browser speaks HTTPS, to us or to the proxy in front of us. */
  secure: boolean
  /** Who is signed in already. */
  signedInUserId: () => Promise<string | null>
}

const credentialsSchema = z.object({ email: z.string(), password: z.string() })

/** What a session's token claims; anything else in it is read from the database at every request. */
const claimsSchema = z.object({ sub: z.uuid(), sessionVersion: z.int() })

/** The configuration of next-auth for one request. */
export function authConfiguration({ secure, signedInUserId }: RequestFacts): NextAuthConfig {
  return {
    providers: [passwordProvider(), ...otherProviders()],
    secret: env().AUTH_SECRET,
    // Any host that reaches us is ours: a LAN address, a name of the proxy's. AUTH_URL fixes one.
    trustHost: true,
    session: { strategy: 'jwt' },
    useSecureCookies: secure,
    // A name of our own: cookies do not know ports, and another next-auth app on this host would overwrite ours. And
    // another one for HTTPS, since a page on plain HTTP may not replace a secure cookie.
    cookies: { sessionToken: { name: secure ? '__Host-stoa.session-token' : 'stoa.session-token' } },
    pages: { signIn: '/login', signOut: '/settings', error: '/login' },
    logger: logAuth,
    callbacks: {
      async signIn({ account, profile, user }) {
        if (!account || account.type === 'credentials') return true
        const userId = await signedInUserId()
        const refusal = await admitProviderAccount({
          account,
          profile: { email: user.email ?? profile?.email, name: user.name ?? profile?.name },
          signedInUserId: userId,
          registration: await registrationNow(),
        })
        return refusal === null || `${userId === null ? '/login' : '/settings'}?error=${refusal}`
      },
      async jwt({ token, user, account }) {
        if (account) {
          const signedIn =
            account.type === 'credentials'
              ? await findUserById(user.id ?? '')
              : await findUserByAccount(account)
          return signedIn && claims(signedIn)
        }
        const known = claimsSchema.safeParse(token)
        if (!known.success) return null
        try {
          const current = await findUserById(known.data.sub)
          return current && isCurrent(current, known.data.sessionVersion) ? claims(current) : null
        } catch (error) {
          noteSessionFault(error)
          throw error
        }
      },
      session({ session, token }) {
        return { expires: session.expires, user: userSchema.parse({ ...token, id: token.sub }) }
      },
      redirect({ url, baseUrl }) {
        return baseUrl + safeCallbackUrl(url, baseUrl)
      },
    },
  }
}

const userSchema = z.object({
  id: z.string(),
  email: z.string(),
  name: z.string(),
  role: z.enum(['administrator', 'member']),
})

function claims({ id, email, name, role, sessionVersion }: User) {
  return { sub: id, email, name, role, sessionVersion }
}

function isCurrent(user: User, sessionVersion: number): boolean {
  return user.disabledAt === null && user.sessionVersion === sessionVersion
}

function passwordProvider() {
  return credentials({
    credentials: { email: {}, password: {} },
    async authorize(input, request) {
      const { success, data } = credentialsSchema.safeParse(input)
      if (!success) return null
      try {
        const { id, email, name } = await signInWithPassword({
          ...data,
          address: requestAddress(request.headers),
        })
        return { id, email, name }
      } catch (error) {
        throw error instanceof AppError ? new PasswordRefused(error) : error
      }
    },
  })
}

function otherProviders(): NextAuthConfig['providers'] {
  const { AUTH_OIDC_ISSUER, AUTH_OIDC_ID, AUTH_OIDC_SECRET, AUTH_OIDC_NAME, ...rest } = env()
  const providers: NextAuthConfig['providers'] = []
  if (rest.AUTH_GITHUB_ID) {
    providers.push(github({ clientId: rest.AUTH_GITHUB_ID, clientSecret: rest.AUTH_GITHUB_SECRET }))
  }
  if (rest.AUTH_GOOGLE_ID) {
    providers.push(google({ clientId: rest.AUTH_GOOGLE_ID, clientSecret: rest.AUTH_GOOGLE_SECRET }))
  }
  if (AUTH_OIDC_ID) {
    providers.push({
      id: 'oidc',
      type: 'oidc',
      name: AUTH_OIDC_NAME,
      issuer: AUTH_OIDC_ISSUER,
      clientId: AUTH_OIDC_ID,
      clientSecret: AUTH_OIDC_SECRET,
    })
  }
  return providers
}
