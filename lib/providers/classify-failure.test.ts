import { APICallError, JSONParseError, RetryError } from 'ai'
import { describe, expect, test } from 'vitest'
import { classifyFailure } from './classify-failure.ts'

function call(statusCode: number | undefined, responseBody = '', cause?: unknown): APICallError {
  return new APICallError({
    message: 'the call failed',
    url: 'https://provider.example/v1/chat/completions',
    requestBodyValues: {},
    responseBody,
    cause,
    ...(statusCode !== undefined && { statusCode }),
  })
}

function socket(code: string): Error {
  return new TypeError('fetch failed', { cause: Object.assign(new Error('connect'), { code }) })
}

describe('by status', () => {
  test.each([
    [401, '', 'wrong_key'],
    [403, '', 'wrong_key'],
    [402, '', 'quota_exhausted'],
    [404, '{"error":{"code":"model_not_found"}}', 'model_not_found'],
    [408, '', 'timed_out'],
    [413, '', 'context_too_long'],
    [429, '{"error":{"code":"rate_limit_exceeded"}}', 'rate_limited'],
    [429, '{"error":{"code":"insufficient_quota"}}', 'quota_exhausted'],
    [500, '', 'provider_unavailable'],
    [503, 'overloaded', 'provider_unavailable'],
    [504, '', 'timed_out'],
    [529, '', 'provider_unavailable'],
    [200, '<!doctype html>', 'invalid_response'],
    [400, "This model's maximum context length is 8192 tokens", 'context_too_long'],
    [400, '{"error":{"code":"content_filter"}}', 'content_filtered'],
    [400, 'Incorrect API key provided', 'wrong_key'],
    [400, 'no idea', 'unexpected'],
  ] as const)('%i %s is %s', (status, body, code) => {
    expect(classifyFailure(call(status, body))).toBe(code)
  })
})

test.each([
  ['ECONNREFUSED', 'provider_unreachable'],
  ['ENOTFOUND', 'provider_unreachable'],
  ['ECONNRESET', 'provider_unreachable'],
  ['DEPTH_ZERO_SELF_SIGNED_CERT', 'provider_unreachable'],
  ['ETIMEDOUT', 'timed_out'],
  ['UND_ERR_HEADERS_TIMEOUT', 'timed_out'],
] as const)('a connection that ended with %s is %s', (code, expected) => {
  expect(classifyFailure(socket(code))).toBe(expected)
})

test('the last of several tries counts', () => {
  const error = new RetryError({ message: 'x', reason: 'maxRetriesExceeded', errors: [call(500), call(401)] })
  expect(classifyFailure(error)).toBe('wrong_key')
})

test('a frame that is no JSON is an invalid response', () => {
  expect(classifyFailure(new JSONParseError({ text: '{', cause: new Error('x') }))).toBe('invalid_response')
})

test('an error event inside a stream is judged by its words', () => {
  expect(classifyFailure({ message: 'Rate limit reached', type: 'tokens' })).toBe('rate_limited')
  expect(classifyFailure('The server is overloaded')).toBe('provider_unavailable')
})

test('a timeout and what nobody foresaw', () => {
  expect(classifyFailure(new DOMException('late', 'TimeoutError'))).toBe('timed_out')
  expect(classifyFailure(new Error('something else'))).toBe('unexpected')
  expect(classifyFailure(undefined)).toBe('unexpected')
})
