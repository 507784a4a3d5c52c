import { expect, test } from 'vitest'
import { createPersonStorage, forgetPerson } from './person-storage.ts'
import { storageOf } from './testing/conversation-set-up.ts'

test('what is forgotten of a person is everything of theirs, and nothing of others', () => {
  const items = new Map([['stoa-theme', 'dark']])
  const storage = () => storageOf(items)
  for (const [prefix, userId] of [
    ['stoa-draft', 'u1'],
    ['stoa-unsent', 'u1'],
    ['stoa-draft', 'u2'],
  ] as const) {
    createPersonStorage({ prefix, userId, storage, parse: (stored: unknown) => stored }).save('c:1', {
      text: 'x',
    })
  }
  forgetPerson('u1', storage)
  expect([...items.keys()]).toEqual(['stoa-theme', 'stoa-draft:u2:c:1'])
})

test('where nothing is kept there is nothing to forget', () => {
  forgetPerson('u1', () => {
    throw new DOMException('blocked', 'SecurityError')
  })
})
