import { v7 as uuidv7 } from 'uuid'
import { afterAll, beforeAll, expect, test } from 'vitest'
import type { Message } from '#lib/chat/types.ts'
import { env } from '#lib/env.ts'
import { seedAccount } from '../../scripts/seed/seed-account.ts'
import { createPerson } from '../../scripts/test/create-person.ts'
import { closeDatabase } from './client.ts'
import { readConversation } from './conversations.ts'
import { listConversations } from './list-conversations.ts'
import { insertSummary } from './summaries.ts'

let person: string
let long: string
let short: string
let all: Message[]

beforeAll(async () => {
  person = await createPerson()
  const email = `${person}@example.org`
  await seedAccount(env().DATABASE_URL, { email, conversations: 2, messages: 1012 })
  const { conversations } = await listConversations(person)
  long = conversations[0]?.id ?? ''
  short = conversations[1]?.id ?? ''
  all = (await readConversation(person, long))?.messages ?? []
})
afterAll(closeDatabase)

async function read(from: string | null) {
  return (await readConversation(person, long, { from }))?.messages
}

test('the window of a long branch is its latest messages, as they are read with all others', async () => {
  expect(all).toHaveLength(1000)
  expect(await read(null)).toEqual(all.slice(-30))
})

test('it reaches back to a message that is to be among them, never ends before the page, and ignores what is elsewhere', async () => {
  expect(await read(all[400]?.id ?? '')).toEqual(all.slice(400))
  expect(await read(all[0]?.id ?? '')).toEqual(all)
  expect(await read(all[990]?.id ?? '')).toEqual(all.slice(-30))
  expect(await read(uuidv7())).toEqual(all.slice(-30))
  const other = (await readConversation(person, short))?.messages ?? []
  expect(await read(other[0]?.id ?? '')).toEqual(all.slice(-30))
})

test('a summary that ends before the window holds', async () => {
  await insertSummary({
    ...{ id: uuidv7(), conversationId: long, version: 1, text: 'They talked.', tokens: 3, author: 'model' },
    ...{ throughMessageId: all[99]?.id ?? '', startsAfterId: null, basedOnId: null, restoredFromId: null },
    ...{ fromMessageId: all[0]?.id ?? '', foldedMessages: 100, provider: 'openai', model: 'scripted' },
  })
  const found = await readConversation(person, long, { from: null })
  expect(found?.summary).toMatchObject({ version: 1, throughMessageId: all[99]?.id })
})
