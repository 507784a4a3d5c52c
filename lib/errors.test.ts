import { expect, it, vi } from 'vitest'
import { AppError } from './errors.ts'

it('knows the errors of another layer, which has its own copy of the class', async () => {
  vi.resetModules()
  const { AppError: OtherAppError } = await import('./errors.ts')
  expect(OtherAppError).not.toBe(AppError)
  const error: unknown = new OtherAppError('not_found', 'This conversation does not exist.')
  expect(error instanceof AppError && error.status).toBe(404)
})

it.each([new Error('not_found'), { name: 'AppError', code: 'not_found' }, null, 'AppError'])(
  'takes %s for what it is',
  (value: unknown) => expect(value instanceof AppError).toBe(false),
)
