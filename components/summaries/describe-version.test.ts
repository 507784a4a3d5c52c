import { expect, test } from 'vitest'
import type { SummaryVersion } from '#lib/chat/types.ts'
import { describeOrigin, describeReach } from './describe-version.ts'

const version: SummaryVersion = {
  ...{ id: 's', version: 3, throughMessageId: 'm', text: 'It was said.', tokens: 4, author: 'model' },
  ...{ provider: 'openai', model: 'small', basedOnVersion: 2, restoredFromVersion: null },
  ...{ fromMessageId: 'a', foldedMessages: 2, coveredMessages: 6, createdAt: '', isActive: true },
}

test.each([
  [{}, 'written by small'],
  [{ author: 'person' }, 'by you, from version 2'],
  [{ author: 'person', restoredFromVersion: 1 }, 'version 1, used again'],
] as const)('%j is %s', (change, words) => {
  expect(describeOrigin({ ...version, ...change })).toBe(words)
})

test('what it stands for is counted', () => {
  expect(describeReach(version)).toBe('Stands for 6 messages')
  expect(describeReach({ ...version, coveredMessages: 1 })).toBe('Stands for 1 message')
  expect(describeReach({ ...version, coveredMessages: 0 })).toBe('Stands for earlier messages')
})
