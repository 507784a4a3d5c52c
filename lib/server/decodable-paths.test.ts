import { expect, test } from 'vitest'
import { decodablePath } from './decodable-paths.ts'

test.each([
  ['/v1/models/%E0', '/v1/models/%25E0'],
  ['/api/docs/100%', '/api/docs/100%25'],
  ['/api/docs/%C3%A9/%E0%20?q=%E0&r=a?b', '/api/docs/%C3%A9/%25E0%2520?q=%E0&r=a?b'],
  ['/api/docs/%C3%A9%20?q=%E0', '/api/docs/%C3%A9%20?q=%E0'],
  ['/', '/'],
])('of %s the path can be decoded, and what could be stays', (url, mended) => {
  expect(decodablePath(url)).toBe(mended)
})
