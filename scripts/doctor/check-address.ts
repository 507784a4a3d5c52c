import { z } from 'zod'
import type { Env } from '#lib/env.ts'
import type { Finding } from './finding.ts'

const PATIENCE_MS = 5_000

const notReadySchema = z.object({ reasons: z.array(z.object({ check: z.string(), reason: z.string() })) })

/** Where people reach this Stoa: whether it answers, and whether cookies and sign-in work under that address. */
export async function* checkAddress(env: Env): AsyncGenerator<Finding> {
  const everywhere = env.HOST === '0.0.0.0' || env.HOST === '::'
  const host = everywhere ? '127.0.0.1' : env.HOST.includes(':') ? `[${env.HOST}]` : env.HOST
  const local = `http://${host}:${env.PORT}`
  yield await checkReadiness(local)
  if (env.AUTH_URL !== undefined) yield* checkPublicAddress(new URL(env.AUTH_URL))
  else if (everywhere) {
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

async function* checkPublicAddress(url: URL): AsyncGenerator<Finding> {
  const about = 'address'
  const isLocal = ['localhost', '127.0.0.1', '[::1]'].includes(url.hostname)
  if (url.protocol === 'http:' && !isLocal) {
    yield {
      about,
      verdict: 'warning',
      what: `AUTH_URL is ${url.origin}: over plain HTTP, passwords and sessions can be read on the way.`,
      todo: 'Let a proxy in front serve HTTPS, and set AUTH_URL to that address.',
    }
  }
  const response = await ask(`${url.origin}/api/auth/csrf`)
  if (typeof response === 'string') {
    yield {
      about,
      verdict: 'fault',
      what: `AUTH_URL (${url.origin}) cannot be reached from here: ${response}.`,
      todo: 'See that the name leads to the proxy, that it runs, and that its certificate is valid.',
    }
    return
  }
  const cookies = response.headers.getSetCookie()
  if (!response.ok || cookies.length === 0) {
    yield {
      about,
      verdict: 'fault',
      what: `AUTH_URL (${url.origin}) leads to something else: it answers ${response.status}, with ${cookies.length} cookies.`,
      todo: 'Set it to the address that people use, or let the proxy pass every path on to Stoa.',
    }
    return
  }
  yield checkCookies(url, cookies)
}

function checkCookies({ origin, protocol }: URL, cookies: string[]): Finding {
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
    todo: 'Start Stoa again with this AUTH_URL. The proxy must not take "Secure" away from cookies.',
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
