import { expect, test } from 'vitest'
import { AppError } from '#lib/errors.ts'
import { answerErrors } from './answer-errors.ts'

function answerTo(error: unknown): Promise<Response> {
  return answerErrors(() => Promise.reject(error))
}

test('an expected failure is answered with its status, code, words and field', async () => {
  const response = await answerTo(new AppError('unknown_persona', 'No such persona.', { field: 'persona' }))
  expect(response.status).toBe(400)
  expect(await response.json()).toEqual({
    error: { code: 'unknown_persona', message: 'No such persona.', field: 'persona' },
  })
})

test('a time to wait is a header too', async () => {
  const response = await answerTo(new AppError('too_many_attempts', 'Wait.', { retryAfterSeconds: 30 }))
  expect(response.status).toBe(429)
  expect(response.headers.get('retry-after')).toBe('30')
})

test('a database that is away is 503, whatever layer says so', async () => {
  const refused = new Error('invalid invocation', {
    cause: Object.assign(new Error('connect ECONNREFUSED 127.0.0.1:5432'), { code: 'ECONNREFUSED' }),
  })
  const response = await answerTo(refused)
  expect(response.status).toBe(503)
  expect((await response.json()).error.code).toBe('database_unavailable')
})

test('anything else gives an id and none of its words', async () => {
  const response = await answerTo(new Error('the secret is sk-123'))
  const text = await response.text()
  expect(response.status).toBe(500)
  expect(text).not.toContain('sk-123')
  expect(JSON.parse(text).error.errorId).toMatch(/^[0-9a-f-]{36}$/)
})
