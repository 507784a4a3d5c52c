import { describe, expect, it } from 'vitest'
import { requestAddress } from './request-address.ts'

function addressOf(forwarded: string) {
  return requestAddress(new Headers({ 'x-forwarded-for': forwarded }))
}

describe('requestAddress', () => {
  it.each([
    ['203.0.113.9', '203.0.113.9'],
    ['::ffff:203.0.113.9', '203.0.113.9'],
    ['203.0.113.9:52814', '203.0.113.9'],
    ['2001:db8:1:2:3:4:5:6', '2001:db8:1:2::/64'],
    ['2001:0DB8:0001:0002::9', '2001:db8:1:2::/64'],
    ['[2001:db8:1:2::9]:443', '2001:db8:1:2::/64'],
    ['2001:db8::1', '2001:db8:0:0::/64'],
    ['::1', '0:0:0:0::/64'],
    ['fe80::1%eth0', 'fe80:0:0:0::/64'],
  ])('counts %j under %j', (forwarded, address) => {
    expect(addressOf(forwarded)).toBe(address)
  })

  it('believes only the entry that the nearest proxy wrote', () => {
    expect(addressOf('198.51.100.1, 203.0.113.9')).toBe('203.0.113.9')
    expect(addressOf('<script>, 203.0.113.9')).toBe('203.0.113.9')
  })

  it('counts everyone without an address together', () => {
    expect(requestAddress(new Headers())).toBe('unknown')
    expect(addressOf('203.0.113.9, unknown')).toBe('unknown')
    expect(addressOf('_hidden')).toBe('unknown')
  })
})
