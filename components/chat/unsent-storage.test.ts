import { expect, it } from 'vitest'
import { storageOf } from './testing/conversation-set-up.ts'
import { createUnsentStorage, holdsUnsent, type UnsentTurn } from './unsent-storage.ts'

const turn: UnsentTurn = {
  request: {
    ...{ conversationId: 'c1', persona: 'stoic', intensity: null, parentId: null },
    message: { id: 'm1', text: 'Hello' },
  },
  ...{ createdAt: '2026-01-01T00:00:00.000Z', replaces: null, isFirst: true },
}

it('tells whether anybody’s message waits in this browser', () => {
  const storage = storageOf(new Map([['stoa-draft:u1:new', '{"text":"half"}']]))
  const unsent = createUnsentStorage('u1', () => storage)
  expect(holdsUnsent(() => storage)).toBe(false)
  unsent.save('c1', turn)
  expect(holdsUnsent(() => storage)).toBe(true)
  unsent.clear('c1')
  expect(holdsUnsent(() => storage)).toBe(false)
})

it('takes a storage that is forbidden for an empty one', () => {
  const forbidden = () => {
    throw new DOMException('forbidden', 'SecurityError')
  }
  expect(holdsUnsent(forbidden)).toBe(false)
})
