/** Where the servers of this run are; global-setup.ts starts them and leaves the addresses in the environment. */
export interface Stack {
  /** The origin of Stoa. */
  origin: string
  databaseUrl: string
  /** The origin of the scripted provider. */
  providerOrigin: string
}

export function announceStack({ origin, databaseUrl, providerOrigin }: Stack): void {
  process.env.STOA_E2E_ORIGIN = origin
  process.env.STOA_E2E_DATABASE = databaseUrl
  process.env.STOA_E2E_PROVIDER = providerOrigin
}

/** Keeps the session of the account that was made first, for tests of what only an administrator may do. */
export function announceAdministrator(cookies: { name: string; value: string }[]): void {
  process.env.STOA_E2E_ADMINISTRATOR = cookies.map(({ name, value }) => `${name}=${value}`).join('; ')
}

/** The header `cookie` of the administrator's requests. */
export function administratorCookie(): string {
  const { STOA_E2E_ADMINISTRATOR: cookie } = process.env
  if (!cookie) throw new Error('No administrator is known: the global setup did not announce one.')
  return cookie
}

export function currentStack(): Stack {
  const {
    STOA_E2E_ORIGIN: origin,
    STOA_E2E_DATABASE: databaseUrl,
    STOA_E2E_PROVIDER: providerOrigin,
  } = process.env
  if (!origin || !databaseUrl || !providerOrigin)
    throw new Error('No servers are running: the global setup did not announce them.')
  return { origin, databaseUrl, providerOrigin }
}

/** A name of this machine that is neither localhost nor an address, as on a LAN; the browser is told where it leads. */
export const LAN_HOST = 'stoa.test'
