import { beforeEach, describe, expect, it, vi } from 'vitest'
import { env, parseServerEnv } from '#lib/env.ts'
import { publicOrigin } from './public-origin.ts'

vi.mock('#lib/env.ts', { spy: true })

function configure(variables: Record<string, string> = {}) {
  const required = { DATABASE_URL: 'postgresql://localhost/x', AUTH_SECRET: 'x'.repeat(32) }
  vi.mocked(env).mockReturnValue(parseServerEnv({ ...required, ...variables }))
}

beforeEach(() => configure())

describe('publicOrigin', () => {
  it('is what the browser asked for on plain HTTP', () => {
    expect(publicOrigin(new Headers({ host: '192.168.0.7:3000' }))).toBe('http://192.168.0.7:3000')
  })

  it('is what the proxy passed on', () => {
    const headers = new Headers({
      host: '127.0.0.1:3000',
      'x-forwarded-host': 'stoa.example.com',
      'x-forwarded-proto': 'https',
    })
    expect(publicOrigin(headers)).toBe('https://stoa.example.com')
  })

  it('is AUTH_URL before anything else', () => {
    configure({ AUTH_URL: 'https://stoa.example.com/' })
    expect(publicOrigin(new Headers({ host: '192.168.0.7:3000' }))).toBe('https://stoa.example.com')
  })
})
