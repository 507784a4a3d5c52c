import { v7 as uuidv7 } from 'uuid'
import { afterAll, beforeEach, expect, test } from 'vitest'
import { closeDatabase, db } from '#lib/db/client.ts'
import { createPerson } from '../../scripts/test/create-person.ts'
import { createTurn } from '../../scripts/test/create-turn.ts'
import { emptyDatabase } from '../../scripts/test/empty-database.ts'
import { type ExportedFile, exportConversation, exportConversations } from './export-conversations.ts'

let person: string

beforeEach(async () => {
  await emptyDatabase()
  person = await createPerson()
})
afterAll(closeDatabase)

async function textOf({ content }: ExportedFile): Promise<string> {
  return new Response(content).text()
}

async function jsonOf(file: ExportedFile) {
  return JSON.parse(await textOf(file))
}

test('a conversation is exported with every branch, and without what is deleted', async () => {
  const { conversationId, userMessage, answer } = await createTurn(person)
  const base = { conversationId, role: 'user', tokens: 1 } as const
  const branch = { ...base, id: uuidv7(), text: 'another branch' }
  const gone = { ...base, id: uuidv7(), text: 'deleted', deletedAt: new Date() }
  await db().message.createMany({ data: [branch, gone] })
  for (const [index, through] of [answer.id, gone.id].entries()) {
    const summary = { throughMessageId: through, text: 'about', tokens: 1, author: 'person' } as const
    await db().summary.create({ data: { ...summary, id: uuidv7(), conversationId, version: index + 1 } })
  }

  const { format, version, conversations } = await jsonOf(
    await exportConversation(person, conversationId, 'json'),
  )
  expect([format, version]).toEqual(['stoa-conversations', 1])
  const [{ messages, summaries, ...conversation }] = conversations
  expect(conversation).toMatchObject({ id: conversationId, persona: 'stoic', activeLeafId: answer.id })
  expect(messages.map(({ id }: { id: string }) => id).sort()).toEqual(
    [userMessage?.id, answer.id, branch.id].sort(),
  )
  expect(summaries).toMatchObject([{ throughMessageId: answer.id }])
})

test('several are a zip of Markdown or one JSON; one that is gone or another’s refuses them all', async () => {
  const [first, second] = [await createTurn(person), await createTurn(person)]
  const ids = [first.conversationId, second.conversationId]
  const zip = await exportConversations(person, ids, 'markdown')
  expect(zip.fileName).toMatch(/^stoa-conversations-[\d-]+\.zip$/)
  const text = await textOf(zip)
  expect(text.slice(0, 2)).toBe('PK')
  // They have one title: their names are told apart.
  expect(text).toMatch(/What-is-courage\.md/)
  expect(text).toMatch(/What-is-courage-2\.md/)
  expect((await jsonOf(await exportConversations(person, ids, 'json'))).conversations).toHaveLength(2)

  const stranger = await createPerson()
  const others = await createTurn(stranger)
  for (const other of [others.conversationId, uuidv7()]) {
    await expect(exportConversations(person, [...ids, other], 'json')).rejects.toMatchObject({
      code: 'not_found',
    })
    await expect(exportConversation(person, other, 'json')).rejects.toMatchObject({ code: 'not_found' })
  }
  await expect(exportConversations(person, ids, 'exe')).rejects.toMatchObject({ field: 'format' })
})

test('one that is deleted while the file is made is left out of it', async () => {
  const titled = (placeholderTitle: string) => createTurn(person, { newConversation: { placeholderTitle } })
  const [first, second] = [await titled('First'), await titled('Second')]
  for (const ids of [null, [first.conversationId, second.conversationId]]) {
    const zip = await exportConversations(person, ids, 'markdown')
    const mark = (deletedAt: Date | null) =>
      db().conversation.update({ where: { id: first.conversationId }, data: { deletedAt } })
    await mark(new Date())
    const text = await textOf(zip)
    // The newest comes first, which is read at once.
    expect(text).toMatch(/Second\.md/)
    expect(text).not.toMatch(/First\.md/)
    await mark(null)
  }
})

test('all are what the list has: nothing deleted, nothing temporary, nothing of others', async () => {
  const kept = await createTurn(person)
  const archived = await createTurn(person)
  await db().conversation.update({
    where: { id: archived.conversationId },
    data: { archivedAt: new Date() },
  })
  for (const data of [{ deletedAt: new Date() }, { temporary: true }]) {
    const { conversationId } = await createTurn(person)
    await db().conversation.update({ where: { id: conversationId }, data })
  }
  await createTurn(await createPerson())
  const { conversations } = await jsonOf(await exportConversations(person, null, 'json'))
  expect(conversations.map(({ id }: { id: string }) => id).sort()).toEqual(
    [kept.conversationId, archived.conversationId].sort(),
  )
  expect(await textOf(await exportConversations(await createPerson(), null, 'markdown'))).toMatch(/^PK/)
})
