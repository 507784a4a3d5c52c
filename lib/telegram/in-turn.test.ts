import { expect, it } from 'vitest'
import { inTurn, type Queues } from './in-turn.ts'

it('does one after the other in a chat, whatever becomes of one, and chats beside each other', async () => {
  const queues: Queues = new Map()
  const done: string[] = []
  const gate = Promise.withResolvers<void>()
  const first = inTurn(queues, 1, async () => {
    await gate.promise
    done.push('first')
    throw new Error('it failed')
  })
  const second = inTurn(queues, 1, async () => done.push('second'))
  await inTurn(queues, 2, async () => done.push('of another chat'))
  gate.resolve()
  await expect(first).rejects.toThrow('it failed')
  await second
  expect(done).toEqual(['of another chat', 'first', 'second'])
  expect(queues.size).toBe(0)
})
