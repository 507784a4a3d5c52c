import { v7 as uuidv7 } from 'uuid'
import { afterAll, afterEach, beforeEach, describe, expect, test } from 'vitest'
import { createPerson } from '../../scripts/test/create-person.ts'
import { createTurn } from '../../scripts/test/create-turn.ts'
import { emptyDatabase } from '../../scripts/test/empty-database.ts'
import { changeConversations } from './bulk-conversations.ts'
import { closeDatabase, db } from './client.ts'
import { type Purged, purgeDeletedConversations, purgeDeletedMessages } from './purge-deleted.ts'

beforeEach(emptyDatabase)
afterAll(closeDatabase)

const sumOf = (purged: Purged) => [...purged.values()].reduce((sum, count) => sum + count, 0)
const daysAgo = (days: number) => new Date(Date.now() - days * 86_400_000)

test('a conversation is purged with all its rows after 30 days, and what it has cost stays', async () => {
  const person = await createPerson()
  const [old, young, alive] = [await createTurn(person), await createTurn(person), await createTurn(person)]
  const deleted = (id: string, days: number) =>
    db().conversation.update({ where: { id }, data: { deletedAt: daysAgo(days) } })
  await deleted(old.conversationId, 30.1)
  await deleted(young.conversationId, 29.9)
  const event = { kind: 'title', provider: 'p', model: 'm', outcome: 'complete' } as const
  await db().usageEvent.create({
    data: { ...event, id: uuidv7(), userId: person, conversationId: old.conversationId },
  })
  const events = await db().usageEvent.count()

  expect(await purgeDeletedConversations()).toEqual(new Map([[person, 1]]))
  expect(await purgeDeletedConversations()).toEqual(new Map())
  const left = await db().conversation.findMany({ select: { id: true } })
  expect(left.map(({ id }) => id).sort()).toEqual([young.conversationId, alive.conversationId].sort())
  expect(await db().message.count()).toBe(4)
  expect(await db().generation.count({ where: { conversationId: old.conversationId } })).toBe(0)
  expect(await db().usageEvent.count()).toBe(events)
  expect(await db().usageEvent.count({ where: { conversationId: old.conversationId } })).toBe(0)
})

test('more than go at once are purged, also by several instances at the same time', async () => {
  const person = await createPerson()
  for (let n = 0; n < 45; n += 1) await createTurn(person)
  const kept = await createTurn(person)
  await db().conversation.updateMany({
    where: { id: { not: kept.conversationId } },
    data: { deletedAt: daysAgo(31) },
  })
  const counts = await Promise.all([purgeDeletedConversations(), purgeDeletedConversations()])
  expect(sumOf(counts[0]) + sumOf(counts[1]) + sumOf(await purgeDeletedConversations())).toBe(45)
  expect(await db().conversation.findMany({ select: { id: true } })).toEqual([{ id: kept.conversationId }])
})

test('what was erased by hand is purged at once', async () => {
  const person = await createPerson()
  const { conversationId } = await createTurn(person)
  await changeConversations(person, { ids: [conversationId], action: 'delete' })
  expect(sumOf(await purgeDeletedConversations())).toBe(0)
  await changeConversations(person, { ids: [conversationId], action: 'erase' })
  expect(sumOf(await purgeDeletedConversations())).toBe(1)
})

test('deleted messages are purged after 30 days, a branch of twenty thousand too, and the others stay', async () => {
  const { conversationId, answer } = await createTurn(await createPerson())
  const branch = (deletedAt: Date, count: number) => db().$executeRaw`
    WITH numbered AS (SELECT n, gen_random_uuid() AS id FROM generate_series(1, ${count}::int) n)
    INSERT INTO message (id, "conversationId", "parentId", role, text, tokens, "deletedAt")
    SELECT id, ${conversationId}::uuid, coalesce(lag(id) OVER (ORDER BY n), ${answer.id}::uuid), 'user', 'x', 1, ${deletedAt}
    FROM numbered`
  await branch(daysAgo(31), 20_000)
  await branch(daysAgo(29), 5)
  expect(sumOf(await purgeDeletedMessages())).toBe(20_000)
  expect(await db().message.count()).toBe(7)
  expect(await db().conversation.count()).toBe(1)
})

describe('where a statement would take too long', () => {
  /** Has the database break off whatever deletes more rows of a table at once, as it does when its time is over. */
  const breakOff = async (table: string, most: number) => {
    await db().$executeRawUnsafe(`
      CREATE FUNCTION break_off() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN
        IF (SELECT count(*) FROM gone) > ${most} THEN RAISE EXCEPTION 'too slow' USING ERRCODE = '57014'; END IF;
        RETURN NULL;
      END $$`)
    await db().$executeRawUnsafe(`
      CREATE TRIGGER break_off AFTER DELETE ON ${table} REFERENCING OLD TABLE AS gone
      FOR EACH STATEMENT EXECUTE FUNCTION break_off()`)
  }
  afterEach(() => db().$executeRaw`DROP FUNCTION IF EXISTS break_off CASCADE`)

  /** A conversation with a branch of this length. */
  async function createLong(person: string, deletedAt: Date | null, length: number): Promise<string> {
    const { conversationId, answer } = await createTurn(person)
    await db().$executeRaw`
      WITH numbered AS (SELECT n, gen_random_uuid() AS id FROM generate_series(1, ${length}::int) n)
      INSERT INTO message (id, "conversationId", "parentId", role, text, tokens, "deletedAt")
      SELECT id, ${conversationId}::uuid, coalesce(lag(id) OVER (ORDER BY n), ${answer.id}::uuid), 'user', 'x', 1, ${daysAgo(31)}
      FROM numbered`
    if (deletedAt) await db().conversation.update({ where: { id: conversationId }, data: { deletedAt } })
    return conversationId
  }

  test('conversations go one at a time, and the messages of a long one in portions', async () => {
    const person = await createPerson()
    for (const length of [1_200, 1, 1]) await createLong(person, daysAgo(31), length)
    await breakOff('message', 500)
    expect(await purgeDeletedConversations()).toEqual(new Map([[person, 3]]))
    expect(await db().message.count()).toBe(0)
  })

  test('so do messages of conversations that stay', async () => {
    const person = await createPerson()
    await createLong(person, null, 1_200)
    await createLong(person, null, 1)
    await breakOff('message', 500)
    expect(await purgeDeletedMessages()).toEqual(new Map([[person, 1_201]]))
    expect(await db().message.count()).toBe(4)
  })

  test('one that cannot be deleted keeps out none of the others', async () => {
    const person = await createPerson()
    await createLong(person, daysAgo(31), 30)
    await createLong(person, daysAgo(31), 1)
    await breakOff('message', 10)
    expect(await purgeDeletedConversations()).toEqual(new Map([[person, 1]]))
  })
})

test('whatever a deletion looks through for what refers to it has an index', async () => {
  const bare = await db().$queryRaw`
    SELECT conname FROM pg_constraint f WHERE contype = 'f' AND connamespace = 'public'::regnamespace
      AND NOT EXISTS (SELECT FROM pg_index i WHERE i.indrelid = f.conrelid AND i.indkey[0] = f.conkey[1] AND i.indpred IS NULL)`
  expect(bare).toEqual([])
})
