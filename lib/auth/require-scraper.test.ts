import { beforeEach, describe, expect, it, vi } from 'vitest'
import { env, parseServerEnv } from '#lib/env.ts'
import { requireScraper } from './require-scraper.ts'

vi.mock('#lib/env.ts', { spy: true })

const TOKEN = 'a-token-of-sixteen-and-more'

function configure(variables: Record<string, string>) {
  const required = { DATABASE_URL: 'postgresql://localhost/x', AUTH_SECRET: 'x'.repeat(32) }
  vi.mocked(env).mockReturnValue(parseServerEnv({ ...required, ...variables }))
}

/** As Next hands on what came straight from this machine; each test changes one thing. */
function headers(change: Record<string, string> = {}): Headers {
  const host = '127.0.0.1:3000'
  return new Headers({ host, 'x-forwarded-host': host, 'x-forwarded-for': '::ffff:127.0.0.1', ...change })
}

describe('requireScraper with METRICS_TOKEN', () => {
  beforeEach(() => configure({ METRICS_TOKEN: TOKEN }))

  it('takes it from anywhere', () => {
    const from = { 'x-forwarded-for': '203.0.113.9', host: 'chat.example.com' }
    expect(() => requireScraper(headers({ ...from, authorization: `Bearer ${TOKEN}` }))).not.toThrow()
  })

  it.each([undefined, 'Bearer', 'Bearer another', `Basic ${TOKEN}`, `Bearer ${TOKEN}x`])(
    'refuses %s, also on this machine',
    (authorization) => {
      const sent = headers(authorization === undefined ? {} : { authorization })
      expect(() => requireScraper(sent)).toThrow(expect.objectContaining({ code: 'invalid_token' }))
    },
  )
})

describe('requireScraper without a token', () => {
  beforeEach(() => configure({}))

  it.each(['127.0.0.1:3000', 'localhost:3000', '[::1]:3000'])('lets this machine in, as %s', (host) => {
    expect(() => requireScraper(headers({ host, 'x-forwarded-host': host }))).not.toThrow()
  })

  it.each<[string, Record<string, string>]>([
    ['a client that a proxy names', { 'x-forwarded-for': '203.0.113.9' }],
    ['a client that names itself before its proxy', { 'x-forwarded-for': '127.0.0.1, 203.0.113.9' }],
    ['no address at all', { 'x-forwarded-for': '' }],
    ['the public host', { host: 'chat.example.com' }],
    ['a host that a proxy passed on', { 'x-forwarded-host': 'chat.example.com' }],
    ['Forwarded', { forwarded: 'for=127.0.0.1' }],
    ['X-Real-IP', { 'x-real-ip': '127.0.0.1' }],
  ])('refuses %s', (_, change) => {
    expect(() => requireScraper(headers(change))).toThrow(
      expect.objectContaining({ code: 'metrics_private' }),
    )
  })

  it('refuses all while other machines are believed, of which one may forge the header', () => {
    configure({ TRUST_PROXY: '1' })
    expect(() => requireScraper(headers())).toThrow(expect.objectContaining({ code: 'metrics_private' }))
  })
})
