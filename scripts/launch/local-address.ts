import type { Env } from '#lib/env.ts'

/** Where Stoa is reached from its own machine. */
export function localAddress({ HOST, PORT }: Pick<Env, 'HOST' | 'PORT'>): string {
  const isEverywhere = HOST === '0.0.0.0' || HOST === '::'
  const host = isEverywhere ? '127.0.0.1' : HOST.includes(':') ? `[${HOST}]` : HOST
  return `http://${host}:${PORT}`
}
