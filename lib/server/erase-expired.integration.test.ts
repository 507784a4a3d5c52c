import { afterAll, afterEach, beforeEach, expect, test } from 'vitest'
import { closeDatabase, db } from '#lib/db/client.ts'
import { createPerson } from '../../scripts/test/create-person.ts'
import { createTurn } from '../../scripts/test/create-turn.ts'
import { emptyDatabase } from '../../scripts/test/empty-database.ts'
import { eraseExpired } from './erase-expired.ts'

beforeEach(emptyDatabase)
afterEach(() => db().$executeRaw`DROP FUNCTION IF EXISTS refuse CASCADE`)
afterAll(closeDatabase)

test('what cannot be erased keeps nothing else from being erased, and goes when it can', async () => {
  const person = await createPerson()
  const deleted = async (turn: Parameters<typeof createTurn>[1], days: number) => {
    const { conversationId: id } = await createTurn(person, turn)
    const deletedAt = new Date(Date.now() - days * 86_400_000)
    await db().conversation.update({ where: { id }, data: { deletedAt } })
    return id
  }
  const temporary = await deleted({ newConversation: { placeholderTitle: 'x', isTemporary: true } }, 1)
  await deleted({ text: 'ataraxia' }, 31)
  await db().generation.updateMany({ data: { status: 'complete' } })
  await db().$executeRaw`
    CREATE FUNCTION refuse() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN RAISE EXCEPTION 'refused'; END $$`
  await db().$executeRaw`
    CREATE TRIGGER refuse BEFORE DELETE ON conversation FOR EACH ROW WHEN (OLD.temporary) EXECUTE FUNCTION refuse()`
  await eraseExpired()
  expect(await db().conversation.findMany()).toMatchObject([{ id: temporary }])
  const words = await db().$queryRaw`SELECT 1 FROM search_word WHERE "userId" = ${person}::uuid`
  expect(words).toEqual([])
  await db().$executeRaw`DROP FUNCTION refuse CASCADE`
  await eraseExpired()
  expect(await db().conversation.count()).toBe(0)
})
