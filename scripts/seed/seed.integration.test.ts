import { expect, test } from 'vitest'
import { db } from '#lib/db/client.ts'
import { findConversation, readConversation } from '#lib/db/conversations.ts'
import { listConversations } from '#lib/db/list-conversations.ts'
import { createPerson } from '../test/create-person.ts'
import { makeLibrary } from './make-library.ts'
import { readSeedOptions } from './read-seed-options.ts'
import { seedAccount } from './seed-account.ts'

const databaseUrl = process.env.DATABASE_URL ?? ''

async function createAccount() {
  const userId = await createPerson()
  return { userId, email: `${userId}@example.org` }
}

test('an account gets as many conversations and messages as were asked for, and again', async () => {
  const { userId, email } = await createAccount()
  const asked = { conversations: 40, messages: 1641 }
  expect(await seedAccount(databaseUrl, { email, ...asked })).toEqual(asked)
  expect(await db().message.count({ where: { conversation: { userId } } })).toBe(asked.messages)
  await seedAccount(databaseUrl, { email, conversations: 2, messages: 1002 })
  expect(await db().conversation.count({ where: { userId } }), 'it adds to them').toBe(42)
})

test('the long one is the newest, whole, and ends as a measurement waits for', async () => {
  const { userId, email } = await createAccount()
  await seedAccount(databaseUrl, { email, conversations: 6, messages: 1031 })
  const { conversations } = await listConversations(userId)
  expect(conversations[0]?.title).toBe('A thousand messages')
  const long = await readConversation(userId, conversations[0]?.id ?? '')
  expect(long?.messages).toHaveLength(1000)
  expect(long?.messages.at(-1)?.text).toMatch(/END-1000$/)
  expect(long?.messages.filter(({ role, text }) => role === 'assistant' && !text.includes('```'))).toEqual([])
  // As the page reads every other one, too.
  for (const { id } of conversations.slice(1)) {
    const read = await readConversation(userId, id)
    expect(read?.messages.at(-1)?.id).toBe((await findConversation(userId, id))?.activeLeafId)
  }
})

test('the same seed gives the same library, within two years', () => {
  const now = Date.UTC(2026, 10, 1)
  const asked = { conversations: 300, messages: 4000, now }
  const library = [...makeLibrary('a', asked)]
  expect([...makeLibrary('a', asked)]).toEqual(library)
  expect([...makeLibrary('b', asked)]).not.toEqual(library)
  const times = library.flatMap(({ messages }) => messages.map(({ at }) => at.getTime()))
  expect(Math.max(...times)).toBeLessThan(now)
  expect(Math.min(...times)).toBeGreaterThan(now - 731 * 24 * 3600_000)
  expect(library.some(({ archivedAt }) => archivedAt)).toBe(true)
  const parents = library.flatMap(({ messages }) => messages.map(({ parentId }) => parentId ?? ''))
  expect(new Set(parents.filter(Boolean)).size, 'some have siblings').toBeLessThan(
    parents.filter(Boolean).length,
  )
})

test('whom nobody knows, and numbers that do not add up, are refused in words', async () => {
  const nobody = seedAccount(databaseUrl, { email: 'nobody@example.org', conversations: 1, messages: 1000 })
  await expect(nobody).rejects.toThrow('Nobody here has the address nobody@example.org')
  expect(() => readSeedOptions([])).toThrow('whose conversations')
  expect(() => readSeedOptions(['--email', 'a@b.c', '--conversations', '3', '--messages', '1003'])).toThrow(
    '3 conversations take 1004 messages at least',
  )
  expect(readSeedOptions(['--email', 'A@b.c'])).toEqual({
    ...{ email: 'a@b.c', conversations: 10_000, messages: 200_000 },
  })
})
