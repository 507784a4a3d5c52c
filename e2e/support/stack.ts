/** Where the servers of this run are; global-setup.ts starts them and leaves the addresses in the environment. */
export interface Stack {
  /** The origin of Stoa. */
  origin: string
  /** The origin of the scripted provider. */
  providerOrigin: string
}

export function announceStack({ origin, providerOrigin }: Stack): void {
  process.env.STOA_E2E_ORIGIN = origin
  process.env.STOA_E2E_PROVIDER = providerOrigin
}

export function currentStack(): Stack {
  const { STOA_E2E_ORIGIN: origin, STOA_E2E_PROVIDER: providerOrigin } = process.env
  if (!origin || !providerOrigin)
    throw new Error('No servers are running: the global setup did not announce them.')
  return { origin, providerOrigin }
}

/** A name of this machine that is neither localhost nor an address, as on a LAN; the browser is told where it leads. */
export const LAN_HOST = 'stoa.test'
