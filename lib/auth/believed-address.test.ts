import { describe, expect, it } from 'vitest'
import { believedAddress } from './believed-address.ts'

const peer = '198.51.100.7'

describe('believedAddress', () => {
  it('does not take the word of whoever connects from elsewhere', () => {
    expect(believedAddress({ peer, forwarded: '203.0.113.9', proxies: undefined })).toBe(peer)
    expect(believedAddress({ peer, forwarded: '203.0.113.9', proxies: 0 })).toBe(peer)
    expect(believedAddress({ peer: '::ffff:10.0.0.2', forwarded: '203.0.113.9', proxies: undefined })).toBe(
      '::ffff:10.0.0.2',
    )
  })

  it.each(['127.0.0.1', '::1', '::ffff:127.0.0.1'])(
    'takes the word of a proxy on this machine (%s)',
    (local) => {
      expect(believedAddress({ peer: local, forwarded: 'forged, 203.0.113.9', proxies: undefined })).toBe(
        '203.0.113.9',
      )
      expect(believedAddress({ peer: local, forwarded: '203.0.113.9', proxies: 0 })).toBe(local)
    },
  )

  it('counts back over as many proxies as there are', () => {
    const forwarded = 'forged, 203.0.113.9, 192.0.2.1'
    expect(believedAddress({ peer, forwarded, proxies: 1 })).toBe('192.0.2.1')
    expect(believedAddress({ peer, forwarded, proxies: 2 })).toBe('203.0.113.9')
  })

  it('makes do with what there is', () => {
    expect(believedAddress({ peer, forwarded: undefined, proxies: 2 })).toBe(peer)
    expect(believedAddress({ peer, forwarded: '', proxies: 1 })).toBe(peer)
    expect(believedAddress({ peer, forwarded: '203.0.113.9', proxies: 2 })).toBe('203.0.113.9')
  })
})
