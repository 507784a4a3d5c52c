import { expect, it } from 'vitest'
import { type ApiTokenItem, describeToken } from './api-token.ts'

const token: ApiTokenItem = {
  ...{ id: 't', name: 'A script', scope: 'write', createdAt: '2026-01-01T00:00:00.000Z' },
  ...{ expiresAt: null, lastUsedAt: null },
}

it.each([
  [{}, 'Reads and writes, not used yet'],
  [{ scope: 'read', lastUsedAt: '2026-02-03T10:00:00.000Z' }, 'Only reads, last used on 3 February 2026'],
  [{ expiresAt: '2026-04-01T00:00:00.000Z' }, 'Reads and writes until 1 April 2026, not used yet'],
  [{ expiresAt: '2026-02-01T00:00:00.000Z' }, 'Ran out on 1 February 2026, not used yet'],
] as const)('%j: %s', (change, words) => {
  expect(describeToken({ ...token, ...change }, new Date('2026-03-01T00:00:00.000Z'))).toBe(words)
})
