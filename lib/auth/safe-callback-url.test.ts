import { describe, expect, it } from 'vitest'
import { safeCallbackUrl } from './safe-callback-url.ts'

const origin = 'http://192.168.0.7:3000'

describe('safeCallbackUrl', () => {
  it.each([
    ['/', '/'],
    ['/chat/0197', '/chat/0197'],
    ['/chat/0197?after=3#end', '/chat/0197?after=3#end'],
    ['/chat/é', '/chat/%C3%A9'],
    ['/?next=https://evil.example', '/?next=https://evil.example'],
    ['/@evil.example', '/@evil.example'],
    ['/%2F%2Fevil.example', '/%2F%2Fevil.example'],
    ['/%5Cevil.example', '/%5Cevil.example'],
    ['/a/../chat', '/chat'],
  ])('follows %j', (value, path) => {
    expect(safeCallbackUrl(value)).toBe(path)
  })

  it.each([
    '//evil.example',
    '//evil.example/chat',
    '/\\evil.example/chat',
    '///evil.example',
    '/\\evil.example',
    '\\\\evil.example',
    '/\t/evil.example',
    '/\n/evil.example',
    '\u0000//evil.example',
    '/.//evil.example',
    '/a/..//evil.example',
    'https://evil.example/chat',
    'https:evil.example',
    'javascript:alert(1)',
    'data:text/html,x',
    'chat/0197',
    '@evil.example',
    '.evil.example',
    ' //evil.example',
    '',
    undefined,
    null,
    ['/chat'],
    7,
  ])('leads %j home', (value) => {
    expect(safeCallbackUrl(value)).toBe('/')
  })

  it('takes a whole address only under the origin it is given', () => {
    expect(safeCallbackUrl(`${origin}/chat/0197?a=1`, origin)).toBe('/chat/0197?a=1')
    expect(safeCallbackUrl(`${origin}.evil.example/`, origin)).toBe('/')
    expect(safeCallbackUrl(`${origin}@evil.example/`, origin)).toBe('/')
    expect(safeCallbackUrl(`${origin}//evil.example`, origin)).toBe('/')
    expect(safeCallbackUrl('http://192.168.0.7:3001/chat', origin)).toBe('/')
  })
})
