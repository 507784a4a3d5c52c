import { expect, test } from 'vitest'
import { requireOwnOrigin } from './require-own-origin.ts'

function request(headers: Record<string, string | undefined>): Request {
  return new Request('http://internal/api/chat', {
    method: 'POST',
    headers: { host: 'stoa.example', ...(headers as Record<string, string>) },
  })
}

test.each([
  { origin: 'http://stoa.example' },
  { origin: 'https://stoa.example' },
  { origin: 'https://chat.example', 'x-forwarded-host': 'chat.example' },
  { origin: 'http://192.168.1.5:3000', host: '192.168.1.5:3000' },
  { 'sec-fetch-site': 'same-origin' },
  // A program without a browser, which holds no cookies of anyone.
  {},
  { origin: 'https://foreign.example', authorization: 'Bearer stoa_x' },
])('its own: %j', (headers) => {
  expect(() => requireOwnOrigin(request(headers))).not.toThrow()
})

test.each([
  { origin: 'https://evil.example' },
  { origin: 'null' },
  { origin: 'http://stoa.example:8080' },
  { origin: 'http://stoa.example.evil.example' },
  { 'sec-fetch-site': 'cross-site' },
  { 'sec-fetch-site': 'same-site' },
])('foreign: %j', (headers) => {
  expect(() => requireOwnOrigin(request(headers))).toThrowError(
    expect.objectContaining({ code: 'foreign_origin', status: 403 }),
  )
})
