import { v7 as uuidv7 } from 'uuid'
import { afterAll, beforeEach, expect, test } from 'vitest'
import { createPerson } from '../../scripts/test/create-person.ts'
import { createTurn } from '../../scripts/test/create-turn.ts'
import { emptyDatabase } from '../../scripts/test/empty-database.ts'
import { closeDatabase, db } from './client.ts'
import { findConversation, updateConversation } from './conversations.ts'
import { deleteFolder, findFolder, insertFolder, listFolders, updateFolder } from './folders.ts'
import { listConversations } from './list-conversations.ts'

beforeEach(emptyDatabase)
afterAll(closeDatabase)

async function createFolder(userId: string, name: string): Promise<string> {
  const folder = await insertFolder(userId, { name, persona: null, instructions: '' })
  return folder?.id ?? ''
}

const namesOf = async (userId: string) => (await listFolders(userId)).map(({ name }) => name)

test('folders stand in the order that they were made in, and go where they are moved', async () => {
  const [person, other] = [await createPerson(), await createPerson()]
  const ids: string[] = []
  for (const name of ['a', 'b', 'c', 'd']) ids.push(await createFolder(person, name))
  for (const name of ['x', 'y']) await createFolder(other, name)
  const [a = '', , c = ''] = ids

  await updateFolder(person, a, { position: 2 })
  expect(await namesOf(person)).toEqual(['b', 'c', 'a', 'd'])
  await updateFolder(person, c, { position: 0 })
  expect(await namesOf(person)).toEqual(['c', 'b', 'a', 'd'])
  await updateFolder(person, c, { position: 99 })
  expect(await namesOf(person)).toEqual(['b', 'a', 'd', 'c'])
  expect(await namesOf(other)).toEqual(['x', 'y'])
})

test('a folder counts what it lists: not what is pinned, archived, deleted or only tried', async () => {
  const person = await createPerson()
  const folderId = await createFolder(person, 'Work')
  const now = new Date()
  for (const data of [{}, { pinnedAt: now }, { archivedAt: now }, { deletedAt: now }, { temporary: true }]) {
    const { conversationId } = await createTurn(person)
    await db().conversation.update({ where: { id: conversationId }, data: { ...data, folderId } })
  }
  expect(await listFolders(person)).toMatchObject([{ id: folderId, conversationCount: 1 }])
})

test('what is changed of a folder leaves the rest as it is', async () => {
  const person = await createPerson()
  const id = await createFolder(person, 'Work')
  await updateFolder(person, id, { persona: 'tutor', instructions: 'In short.' })
  expect(await updateFolder(person, id, { name: 'Play', isOpen: false })).toMatchObject({
    ...{ name: 'Play', persona: 'tutor', instructions: 'In short.', isOpen: false },
  })
  expect(await updateFolder(person, id, { persona: null, instructions: '' })).toMatchObject({
    ...{ name: 'Play', persona: null, instructions: '' },
  })
})

test('a deleted folder leaves its conversations, those in the archive and the trash, too', async () => {
  const person = await createPerson()
  const folderId = await createFolder(person, 'Work')
  const ids: string[] = []
  for (const data of [{}, { archivedAt: new Date() }, { deletedAt: new Date() }]) {
    const { conversationId } = await createTurn(person)
    ids.push(conversationId)
    const changedAt = new Date(0)
    await db().conversation.update({ where: { id: conversationId }, data: { ...data, folderId, changedAt } })
  }
  expect(await deleteFolder(person, folderId)).toBe(true)
  const rows = await db().conversation.findMany({ select: { id: true, folderId: true, changedAt: true } })
  expect(rows.map(({ id }) => id).sort()).toEqual(ids.sort())
  // Other tabs and instances are told.
  for (const row of rows) {
    expect(row.folderId).toBeNull()
    expect(row.changedAt.getTime()).toBeGreaterThan(0)
  }
})

test('to a stranger a folder is as if it were not there', async () => {
  const [person, stranger] = [await createPerson(), await createPerson()]
  const folderId = await createFolder(person, 'Work')
  const { conversationId } = await createTurn(stranger)

  expect(await findFolder(stranger, folderId)).toBeNull()
  expect(await updateFolder(stranger, folderId, { name: 'Mine', position: 5 })).toBeNull()
  expect(await deleteFolder(stranger, folderId)).toBe(false)
  expect(await updateConversation(stranger, conversationId, { folderId })).toBeNull()
  expect(await findConversation(stranger, conversationId)).toMatchObject({ folderId: null })
  expect(await findFolder(person, folderId)).toMatchObject({ name: 'Work' })
})

test('a conversation is listed in its folder, and moved out of it', async () => {
  const person = await createPerson()
  const folderId = await createFolder(person, 'Work')
  const { conversationId } = await createTurn(person)
  const listed = async (folder: string | null) =>
    (await listConversations(person, { folder, pinned: false, archived: false })).conversations.length

  expect(await updateConversation(person, conversationId, { folderId })).toMatchObject({ folderId })
  expect([await listed(folderId), await listed(null)]).toEqual([1, 0])
  expect(await updateConversation(person, conversationId, { title: 'Named' })).toMatchObject({ folderId })
  expect(await updateConversation(person, conversationId, { folderId: null })).toMatchObject({
    folderId: null,
  })
  expect([await listed(folderId), await listed(null)]).toEqual([0, 1])
  expect(await updateConversation(person, conversationId, { folderId: uuidv7() })).toBeNull()
})
