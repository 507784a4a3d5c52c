import { headers } from 'next/headers'
import nextAuth from 'next-auth'
import { authConfiguration } from './configuration.ts'
import { publicOrigin } from './public-origin.ts'

/** next-auth, configured for each request by how it came: plain HTTP on a LAN and HTTPS behind a proxy both work. */
export const { handlers, auth, signIn, signOut } = nextAuth(async () =>
  authConfiguration({
    secure: publicOrigin(await headers()).startsWith('https:'),
    signedInUserId: async () => (await auth())?.user.id ?? null,
  }),
)
