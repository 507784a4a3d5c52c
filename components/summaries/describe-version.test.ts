import { expect, test } from 'vitest'
import type { SummaryVersion } from '#lib/chat/types.ts'
import { describeOrigin, describeReach } from './describe-version.ts'

const version: SummaryVersion = {
  ...{ id: 's', version: 3, throughMessageId: 'm', text: 'It was said.', tokens: 4, author: 'model' },
  ...{ provider: 'openai', model: 'small', basedOnVersion: 2, restoredFromVersion: null },
  ...{
    fromMessageId: 'a',
    foldedMessages: 2,
    coveredMessages: 6,
    createdAt: '',
    isActive: true,
    canHold: true,
  },
}

test.each([
  [{}, 'written by small'],
  [{ author: 'person' }, 'by you, from version 2'],
  [{ author: 'person', restoredFromVersion: 1 }, 'which uses version 1 again'],
] as const)('%j is %s', (change, words) => {
  expect(describeOrigin({ ...version, ...change })).toBe(words)
})

test.each([
  [{}, /^Stands for 6 messages that the assistant is not sent any more. They stay/],
  [{ coveredMessages: 1 }, /^Stands for 1 message that .* It stays/],
  [{ coveredMessages: 0 }, /^Stands for earlier messages that/],
  [{ isActive: false }, /^Stood for 6 messages. Another version is used now.$/],
  [{ isActive: false, canHold: false }, /^Stood for 6 messages. It cannot be used here: /],
] as const)('of %j it is said what it stands for', (change, words) => {
  expect(describeReach({ ...version, ...change })).toMatch(words)
})
