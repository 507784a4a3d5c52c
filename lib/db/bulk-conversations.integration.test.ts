import { v7 as uuidv7 } from 'uuid'
import { afterAll, beforeEach, expect, test } from 'vitest'
import { createPerson } from '../../scripts/test/create-person.ts'
import { createTurn } from '../../scripts/test/create-turn.ts'
import { emptyDatabase } from '../../scripts/test/empty-database.ts'
import { changeConversations, eraseTrash } from './bulk-conversations.ts'
import { closeDatabase, db } from './client.ts'
import { insertFolder } from './folders.ts'
import { listConversations, listDeletedConversations } from './list-conversations.ts'

beforeEach(emptyDatabase)
afterAll(closeDatabase)

const DAY_MS = 86_400_000

async function converse(person: string, count: number): Promise<string[]> {
  const ids: string[] = []
  for (let n = 0; n < count; n++) ids.push((await createTurn(person)).conversationId)
  return ids
}

const stateOf = async (ids: string[]) =>
  db().conversation.findMany({
    where: { id: { in: ids } },
    select: { pinnedAt: true, archivedAt: true, deletedAt: true, folderId: true },
  })

test.each([
  { action: 'pin', undo: 'unpin', column: 'pinnedAt' },
  { action: 'archive', undo: 'unarchive', column: 'archivedAt' },
  { action: 'delete', undo: 'restore', column: 'deletedAt' },
] as const)('$action holds for all of them, and $undo takes it back', async ({ action, undo, column }) => {
  const person = await createPerson()
  const ids = await converse(person, 3)
  const [other = ''] = await converse(person, 1)

  expect(await changeConversations(person, { ids, action })).toHaveLength(3)
  for (const row of await stateOf(ids)) expect(row[column]).toBeInstanceOf(Date)
  for (const row of await stateOf([other])) expect(row[column]).toBeNull()
  expect(await changeConversations(person, { ids, action: undo })).not.toBeNull()
  for (const row of await stateOf(ids)) expect(row[column]).toBeNull()
})

test('nothing is changed when one of them is another’s, or missing, or the folder is another’s', async () => {
  const [person, stranger] = [await createPerson(), await createPerson()]
  const ids = await converse(person, 2)
  const [theirs = ''] = await converse(stranger, 1)
  const folder = await insertFolder(stranger, { name: 'Theirs', persona: null, instructions: '' })

  expect(await changeConversations(person, { ids: [...ids, theirs], action: 'delete' })).toBeNull()
  expect(await changeConversations(person, { ids: [...ids, uuidv7()], action: 'archive' })).toBeNull()
  expect(await changeConversations(person, { ids, action: 'move', folderId: folder?.id ?? '' })).toBeNull()
  expect(await changeConversations(person, { ids, action: 'erase' })).toBeNull()
  for (const row of await stateOf([...ids, theirs])) {
    expect(row).toEqual({ pinnedAt: null, archivedAt: null, deletedAt: null, folderId: null })
  }
})

test('all of them move into a folder, and out of it', async () => {
  const person = await createPerson()
  const ids = await converse(person, 2)
  const folder = await insertFolder(person, { name: 'Work', persona: null, instructions: '' })
  const folderId = folder?.id ?? ''

  expect(await changeConversations(person, { ids, action: 'move', folderId })).toHaveLength(2)
  for (const row of await stateOf(ids)) expect(row.folderId).toBe(folderId)
  await changeConversations(person, { ids, action: 'move', folderId: null })
  for (const row of await stateOf(ids)) expect(row.folderId).toBeNull()
})

test('the trash lists what was deleted, the last first, page by page, for 30 days', async () => {
  const person = await createPerson()
  const [first = '', second = '', third = '', old = ''] = await converse(person, 4)
  const deleted = (id: string, daysAgo: number) =>
    db().conversation.update({
      where: { id },
      data: { deletedAt: new Date(Date.now() - daysAgo * DAY_MS), temporary: id === third },
    })
  await deleted(first, 29.9)
  await deleted(second, 1)
  await deleted(third, 0.5)
  await deleted(old, 30.1)

  const page = await listDeletedConversations(person, { limit: 1 })
  const next = await listDeletedConversations(person, { limit: 1, before: page.nextCursor ?? '' })
  expect([page, next].flatMap(({ conversations }) => conversations.map(({ id }) => id))).toEqual([
    second,
    first,
  ])
  expect(next.nextCursor).toBeNull()
  expect(await changeConversations(person, { ids: [old], action: 'restore' })).toBeNull()
  expect(await changeConversations(person, { ids: [first], action: 'restore' })).not.toBeNull()
  expect((await listConversations(person)).conversations.map(({ id }) => id)).toEqual([first])
})

test('what is erased is neither in the trash nor to be restored', async () => {
  const person = await createPerson()
  const ids = await converse(person, 2)
  await changeConversations(person, { ids, action: 'delete' })
  expect(await changeConversations(person, { ids, action: 'erase' })).not.toBeNull()
  expect((await listDeletedConversations(person, {})).conversations).toEqual([])
  expect(await changeConversations(person, { ids, action: 'restore' })).toBeNull()
})

test('the trash is emptied whole: of this person, and of nothing that is not in it', async () => {
  const [person, other] = [await createPerson(), await createPerson()]
  const [kept = '', ...deleted] = await converse(person, 3)
  const others = await converse(other, 1)
  await changeConversations(person, { ids: deleted, action: 'delete' })
  await changeConversations(other, { ids: others, action: 'delete' })
  await eraseTrash(person)
  expect((await listDeletedConversations(person, {})).conversations).toEqual([])
  expect(await changeConversations(person, { ids: deleted, action: 'restore' })).toBeNull()
  expect((await listConversations(person)).conversations.map(({ id }) => id)).toEqual([kept])
  expect((await listDeletedConversations(other, {})).conversations.map(({ id }) => id)).toEqual(others)
})
