import { z } from 'zod'
import type { Env } from '#lib/env.ts'
import { localAddress } from '../launch/local-address.ts'
import type { Finding } from './finding.ts'

const PATIENCE_MS = 5_000

const notReadySchema = z.object({ reasons: z.array(z.object({ check: z.string(), reason: z.string() })) })

/** Where people reach this Stoa: whether it answers, and whether cookies and sign-in work under that address. */
export async function* checkAddress(env: Env): AsyncGenerator<Finding> {
  const everywhere = env.HOST === '0.0.0.0' || env.HOST === '::'
  const local = localAddress(env)
  yield await checkReadiness(local)
  if (env.AUTH_URL !== undefined) {
    const url = new URL(env.AUTH_URL)
    yield* checkPublicAddress(url, `AUTH_URL (${url.origin})`)
  }
  if (env.AUTH_URL === undefined && everywhere) {
    yield {
      about: 'address',
      verdict: 'warning',
      what: 'Other machines reach it over plain HTTP, where passwords and sessions can be read on the way.',
      todo: 'Put a proxy with HTTPS in front, and set AUTH_URL to the address that people use.',
    }
  }
  if (everywhere && env.REGISTRATION === 'open') {
    yield {
      about: 'registration',
      verdict: 'warning',
      what: 'Whoever reaches it can make an account, and spend at your provider.',
      todo: 'Set REGISTRATION=first, or MONTHLY_BUDGET_USD.',
    }
  }
}

async function checkReadiness(origin: string): Promise<Finding> {
  const about = 'server'
  const response = await ask(`${origin}/api/ready`)
  if (typeof response === 'string') {
    return {
      about,
      verdict: 'warning',
      what: `Nothing answers at ${origin} (${response}).`,
      todo: 'Start it: npm start.',
    }
  }
  if (response.ok) return { about, verdict: 'ok', what: `It runs at ${origin}, and is ready.` }
  const { data } = notReadySchema.safeParse(await response.json().catch(() => null))
  if (!data) {
    const todo = 'Set PORT to another one, or stop what has it.'
    return { about, verdict: 'fault', what: `What answers at ${origin} is no Stoa of this version.`, todo }
  }
  return { about, verdict: 'fault', what: data.reasons.map(({ reason }) => reason).join(' ') }
}

/**
 * An address as people use it, which may be another machine's: whether it leads here, over HTTPS, by a proxy that passes on
 * which host was asked for, and sets cookies with which people can sign in.
 *
 * @param name what it is called
 */
export async function* checkPublicAddress(
  { origin, protocol, hostname }: URL,
  name = origin,
): AsyncGenerator<Finding> {
  const about = 'address'
  if (protocol === 'http:' && !isLoopback(hostname)) {
    yield {
      about,
      verdict: 'warning',
      what: `${origin} is plain HTTP: passwords and sessions can be read on the way.`,
      todo: 'Let a proxy in front serve HTTPS, and set AUTH_URL to that address.',
    }
  }
  const response = await ask(`${origin}/api/auth/csrf`)
  if (typeof response === 'string') {
    yield {
      about,
      verdict: 'fault',
      what: `${name} cannot be reached from here: ${response}.`,
      todo: 'See that the name leads to the proxy, that it runs, and that its certificate is valid.',
    }
    return
  }
  const cookies = response.headers.getSetCookie()
  if (!response.ok || cookies.length === 0) {
    yield {
      about,
      verdict: 'fault',
      what: `${name} leads to something else: it answers ${response.status}, with ${cookies.length} cookies.`,
      todo: 'Set it to the address that people use, or let the proxy pass every path on to Stoa.',
    }
    return
  }
  yield* checkHost(origin, cookies)
  yield checkCookies({ origin, protocol }, cookies)
}

/** next-auth tells in a cookie by which address it believes to be reached. */
function checkHost(origin: string, cookies: string[]): Finding[] {
  const cookie = cookies.find((each) => /^[^=]*callback-url=/.test(each))
  const value = decodeURIComponent(cookie?.slice(cookie.indexOf('=') + 1).split(';', 1)[0] ?? '')
  const believed = URL.parse(value)
  if (!believed) return []
  const isOwn =
    believed.origin === origin || (isLoopback(believed.hostname) && isLoopback(new URL(origin).hostname))
  if (isOwn) return [{ about: 'host', verdict: 'ok', what: `Stoa knows that it is reached at ${origin}.` }]
  return [
    {
      about: 'host',
      verdict: 'fault',
      what: `Stoa takes itself for ${believed.origin}: whoever comes by ${origin} cannot sign in, or is sent elsewhere.`,
      todo: 'Let the proxy pass on host and scheme (Host, X-Forwarded-Host, X-Forwarded-Proto), or set AUTH_URL to the address that people use.',
    },
  ]
}

function isLoopback(hostname: string): boolean {
  return ['localhost', '127.0.0.1', '[::1]'].includes(hostname)
}

function checkCookies({ origin, protocol }: Pick<URL, 'origin' | 'protocol'>, cookies: string[]): Finding {
  const isSecure = cookies.every((cookie) => /;\s*secure/i.test(cookie))
  if (isSecure === (protocol === 'https:')) {
    return { about: 'cookies', verdict: 'ok', what: `They are set as ${origin} needs them.` }
  }
  return {
    about: 'cookies',
    verdict: 'fault',
    what: isSecure
      ? `They are for HTTPS only, and ${origin} is not: nobody can sign in there.`
      : `They may go over plain HTTP, although ${origin} is HTTPS.`,
    todo: `Start Stoa again with AUTH_URL=${origin}. The proxy must not take "Secure" away from cookies.`,
  }
}

/** The answer, or why there is none. */
async function ask(url: string): Promise<Response | string> {
  try {
    return await fetch(url, { redirect: 'manual', signal: AbortSignal.timeout(PATIENCE_MS) })
  } catch (error) {
    const cause = error instanceof Error && error.cause instanceof Error ? error.cause : error
    if (!(cause instanceof Error)) return String(cause)
    return ('code' in cause && typeof cause.code === 'string' && cause.code) || cause.message
  }
}
