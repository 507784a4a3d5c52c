import { APICallError } from 'ai'
import { expect, test } from 'vitest'
import { retryAfterSeconds } from './retry-after.ts'

const now = Date.parse('2026-11-21T12:00:00Z')

function refused(responseHeaders: Record<string, string>): APICallError {
  return new APICallError({
    message: '429',
    url: '',
    requestBodyValues: {},
    statusCode: 429,
    responseHeaders,
  })
}

test.each([
  [{ 'retry-after': '7' }, 7],
  [{ 'retry-after': '0' }, 1],
  [{ 'retry-after': '1.2' }, 2],
  [{ 'retry-after-ms': '1500', 'retry-after': '9' }, 2],
  [{ 'retry-after': 'Sat, 21 Nov 2026 12:01:30 GMT' }, 90],
  [{ 'retry-after': 'Sat, 21 Nov 2026 11:00:00 GMT' }, 1],
  [{ 'retry-after': 'soon' }, null],
  [{}, null],
])('%j is %s seconds', (headers, seconds) => {
  expect(retryAfterSeconds(refused(headers as Record<string, string>), now)).toBe(seconds)
})

test('what is no answer of a provider says nothing', () => {
  expect(retryAfterSeconds(new Error('x'))).toBeNull()
})
