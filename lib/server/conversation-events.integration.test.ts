import { afterAll, afterEach, beforeEach, expect, test } from 'vitest'
import type { ConversationEvent } from '#lib/chat/types.ts'
import { closeDatabase, db } from '#lib/db/client.ts'
import { deleteConversation, updateConversation } from '#lib/db/conversations.ts'
import { createPerson } from '../../scripts/test/create-person.ts'
import { createTurn } from '../../scripts/test/create-turn.ts'
import { emptyDatabase } from '../../scripts/test/empty-database.ts'
import { announceChange, followConversations } from './conversation-events.ts'

const soon = { timeout: 5_000 }
const following: (() => void)[] = []

beforeEach(emptyDatabase)
afterEach(() => {
  for (const stop of following.splice(0)) stop()
})
afterAll(closeDatabase)

async function listen(userId: string): Promise<ConversationEvent[]> {
  const events: ConversationEvent[] = []
  following.push(followConversations(userId, (event) => events.push(event)))
  return events
}

test('who begins to listen hears of what changed just before', async () => {
  const person = await createPerson()
  const { conversationId } = await createTurn(person)
  await listen(person)
  const second = await listen(person)
  await expect.poll(() => second.map(({ id }) => id), soon).toContain(conversationId)
})

test('a change made anywhere is told to its owner, once, and to nobody else', async () => {
  const [owner, stranger] = await Promise.all([createPerson(), createPerson()])
  const told = await listen(owner)
  const others = await listen(stranger)
  const { conversationId } = await createTurn(owner)
  await updateConversation(owner, conversationId, { title: 'Renamed' })
  await expect.poll(() => told.filter(({ title }) => title === 'Renamed'), soon).toHaveLength(1)
  await deleteConversation(owner, conversationId)
  announceChange()
  await expect.poll(() => told.at(-1), soon).toMatchObject({ id: conversationId, deleted: true })

  expect(told.filter(({ title, deleted }) => title === 'Renamed' && !deleted)).toHaveLength(1)
  expect(others).toEqual([])
})

test('thousands that change at once are all told', async () => {
  const person = await createPerson()
  await db().$executeRaw`
    INSERT INTO conversation (id, "userId", title, "titleSource", persona, "changedAt")
    SELECT gen_random_uuid(), ${person}::uuid, n::text, 'person', 'stoic', now() - interval '1 day' FROM generate_series(1, 2500) n`
  const told = await listen(person)
  await db().$executeRaw`UPDATE conversation SET "changedAt" = now() WHERE "userId" = ${person}::uuid`
  announceChange()
  await expect.poll(() => new Set(told.map(({ id }) => id)).size, soon).toBe(2_500)
})
