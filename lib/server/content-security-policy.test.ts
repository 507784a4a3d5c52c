import { describe, expect, it } from 'vitest'
import { contentSecurityPolicy, nonceOf } from './content-security-policy.ts'

function rulesOf(isDevelopment: boolean): Record<string, string> {
  const policy = contentSecurityPolicy({ nonce: 'abc', isDevelopment })
  return Object.fromEntries(policy.split('; ').map((rule) => rule.split(/ (.*)/s, 2)))
}

describe('contentSecurityPolicy', () => {
  it('runs only scripts that carry the nonce, and what they load', () => {
    const rules = rulesOf(false)
    expect(rules['script-src']).toBe("'nonce-abc' 'strict-dynamic'")
    expect(rules['script-src-attr']).toBe("'none'")
    expect(rules['style-src']).toBe("'self'")
  })

  it('loads nothing from elsewhere and lets no other page frame it', () => {
    expect(rulesOf(false)).toMatchObject({
      'default-src': "'self'",
      'img-src': "'self' data: blob:",
      'connect-src': "'self'",
      'worker-src': "'self'",
      'object-src': "'none'",
      'base-uri': "'none'",
      'form-action': "'self'",
      'frame-ancestors': "'none'",
    })
  })

  it('lets only development evaluate code', () => {
    expect(contentSecurityPolicy({ nonce: 'abc', isDevelopment: false })).not.toContain('unsafe-eval')
    expect(rulesOf(true)['script-src']).toContain("'unsafe-eval'")
  })
})

describe('nonceOf', () => {
  it('finds what the policy lets scripts run by', () => {
    const nonce = 'MTIz+/4='
    expect(nonceOf(contentSecurityPolicy({ nonce, isDevelopment: false }))).toBe(nonce)
    expect(nonceOf("default-src 'self'")).toBeUndefined()
  })
})
