import pg from 'pg'
import { v7 as uuidv7 } from 'uuid'
import { afterAll, beforeEach, describe, expect, inject, it, test } from 'vitest'
import { env } from '#lib/env.ts'
import { createPerson } from '../../scripts/test/create-person.ts'
import { createTurn } from '../../scripts/test/create-turn.ts'
import { emptyDatabase } from '../../scripts/test/empty-database.ts'
import { closeDatabase, db } from './client.ts'
import { deleteUser, foreseeDeparture } from './delete-user.ts'
import { findUserById, linkAccount } from './users.ts'

beforeEach(emptyDatabase)
afterAll(closeDatabase)

/** Somebody with a row in every table that leads to a person, and a word that no other row has. */
async function createResident(word: string): Promise<{ id: string; traces: string[] }> {
  const id = await createPerson()
  await db().user.update({ where: { id }, data: { aboutYou: `I like ${word}.` } })
  await linkAccount(id, { provider: 'github', providerAccountId: `github-${word}` })
  await db().promptText.create({ data: { hash: `hash-${word}`, userId: id, text: word } })
  const secret = { userId: id, hash: `secret-${word}` }
  await db().apiToken.create({ data: { ...secret, id: uuidv7(), name: word, scope: 'read' } })
  const soon = new Date(Date.now() + 60_000)
  await db().telegramCode.create({ data: { ...secret, expiresAt: soon } })
  await db().passwordReset.create({ data: { ...secret, expiresAt: soon } })
  await db().folder.create({ data: { id: uuidv7(), userId: id, name: word, position: 0 } })
  const running = await createTurn(id, { text: word })
  const deleted = await createTurn(id, { text: word })
  await db().conversation.update({ where: { id: deleted.conversationId }, data: { deletedAt: new Date() } })
  const { conversationId, answer, generation } = running
  await db().telegramChat.create({
    data: { id: word.charCodeAt(0), userId: id, title: word, conversationId },
  })
  await db().share.create({
    data: {
      ...{ id: uuidv7(), userId: id, conversationId, secret: secret.hash, title: word, copiedAt: new Date() },
      messages: [{ persona: null, text: word }],
    },
  })
  await db().generationChunk.create({ data: { generationId: generation.id, sequence: 0, text: word } })
  const summary = { conversationId, throughMessageId: answer.id, text: word, tokens: 1 }
  const first = await db().summary.create({ data: { ...summary, id: uuidv7(), version: 1, author: 'model' } })
  await db().summary.create({
    data: { ...summary, id: uuidv7(), version: 2, author: 'person', basedOnId: first.id },
  })
  const file = await db().import.create({ data: { id: uuidv7(), userId: id, fileName: word, size: 1 } })
  await db().importPiece.create({ data: { importId: file.id, index: 0, data: Buffer.from(word) } })
  const entry = { importId: file.id, position: 1, outcome: 'imported', title: word, conversationId }
  await db().importEntry.create({ data: entry })
  const event = { userId: id, kind: 'title', provider: 'p', model: 'm', outcome: 'complete' } as const
  await db().usageEvent.createMany({
    data: [
      { ...event, id: uuidv7(), conversationId },
      { ...event, id: uuidv7() },
    ],
  })
  return { id, traces: [id, word, conversationId, deleted.conversationId, answer.id, generation.id] }
}

/** How many rows each table has that leads to a person by its foreign keys. */
async function countPersonalRows(): Promise<Record<string, number>> {
  const tables = await db().$queryRaw<{ name: string }[]>`
    WITH RECURSIVE personal AS (
      SELECT '"user"'::regclass::oid AS id
      UNION
      SELECT conrelid FROM pg_constraint JOIN personal ON confrelid = personal.id WHERE contype = 'f'
    ) SELECT id::regclass::text AS name FROM personal`
  return countRows(tables.map(({ name }) => name))
}

async function countRows(
  tables: string[],
  condition = 'true',
  value?: string,
): Promise<Record<string, number>> {
  const counts: Record<string, number> = {}
  for (const name of tables) {
    const sql = `SELECT count(*)::int AS count FROM ${name} t WHERE ${condition}`
    const [row] = await db().$queryRawUnsafe<{ count: number }[]>(
      sql,
      ...(value === undefined ? [] : [value]),
    )
    counts[name] = row?.count ?? 0
  }
  return counts
}

describe('deleteUser', () => {
  it('leaves no row that leads to the person, and everything of others', async () => {
    const stays = await createResident('colonnade')
    const before = await countPersonalRows()
    expect(before, 'what was made leads to a person from every table').toEqual(
      Object.fromEntries(Object.keys(before).map((name) => [name, expect.toSatisfy((count) => count > 0)])),
    )
    const goes = await createResident('shipwreck')
    await deleteUser(goes.id)
    expect(await countPersonalRows()).toEqual(before)
    expect(await findUserById(stays.id)).not.toBeNull()
  })

  it('leaves no trace of the person in any table', async () => {
    const { id, traces } = await createResident('shipwreck')
    const tables = await db().$queryRaw<{ name: string }[]>`
      SELECT format('%I.%I', schemaname, tablename) AS name FROM pg_tables
      WHERE schemaname NOT IN ('pg_catalog', 'information_schema')`
    const names = tables.map(({ name }) => name)
    await deleteUser(id)
    for (const trace of traces) {
      const found = await countRows(names, "t::text LIKE '%' || $1 || '%'", trace)
      expect(
        Object.entries(found).filter(([, count]) => count > 0),
        trace,
      ).toEqual([])
    }
  })

  it('takes a conversation that is longer than PostgreSQL would follow message by message', async () => {
    const id = await createPerson()
    const { conversationId, answer } = await createTurn(id)
    await db().$executeRaw`
      WITH numbered AS (SELECT n, gen_random_uuid() AS id FROM generate_series(1, 20000) n)
      INSERT INTO message (id, "conversationId", "parentId", role, text, tokens)
      SELECT id, ${conversationId}::uuid, coalesce(lag(id) OVER (ORDER BY n), ${answer.id}::uuid), 'user', 'x', 1 FROM numbered`
    await deleteUser(id)
    expect(await db().message.count()).toBe(0)
  })

  it('does nothing for a person who is gone', async () => {
    await deleteUser(uuidv7())
  })

  it('lets a turn that is written meanwhile find the person gone', async () => {
    const id = await createPerson()
    const results = await Promise.allSettled([
      deleteUser(id),
      ...Array.from({ length: 8 }, () => createTurn(id)),
    ])
    expect(results[0]).toMatchObject({ status: 'fulfilled' })
    expect(await db().conversation.count()).toBe(0)
  })

  it('is done again when the end of an answer and it waited for one another', async () => {
    const { id } = await createResident('shipwreck')
    const [conversation] = await db().conversation.findMany({ where: { userId: id }, orderBy: { id: 'asc' } })
    const url = new URL(inject('adminUrl'))
    url.pathname = new URL(env().DATABASE_URL).pathname
    const other = new pg.Client({ connectionString: url.href })
    await other.connect()
    // Whoever has waited for its time looks for a deadlock and is the one to give way: not this one.
    await other.query("SET deadlock_timeout = '60s'")
    await other.query('BEGIN')
    await other.query('SELECT 1 FROM conversation WHERE id = $1 FOR UPDATE', [conversation?.id])
    const deletion = deleteUser(id)
    // Of this database and this connection alone: other tests wait for locks on the same server.
    const waiting =
      'SELECT 1 FROM pg_locks WHERE NOT granted AND pg_backend_pid() = ANY(pg_blocking_pids(pid))'
    await expect.poll(async () => (await other.query(waiting)).rowCount).toBeGreaterThan(0)
    await other.query(
      `INSERT INTO usage_event (id, "userId", kind, provider, model, outcome) VALUES ($1, $2, 'title', 'p', 'm', 'complete')`,
      [uuidv7(), id],
    )
    await other.query('COMMIT')
    await other.end()
    await deletion
    expect(await findUserById(id)).toBeNull()
  })
})

describe('the only administrator', () => {
  async function create(role: 'administrator' | 'member', disabledAt: Date | null = null): Promise<string> {
    const id = await createPerson()
    await db().user.update({ where: { id }, data: { role, disabledAt } })
    return id
  }
  const emailOf = async (id: string) => (await findUserById(id))?.email ?? ''

  it('goes when there is nobody else', async () => {
    const id = await create('administrator')
    await create('member', new Date())
    expect(await foreseeDeparture(id)).toEqual({ isOnlyAdministrator: true, others: 0 })
    await deleteUser(id)
    expect(await findUserById(id)).toBeNull()
  })

  it('goes only when somebody else is to be it', async () => {
    const [id, member] = [await create('administrator'), await create('member')]
    const disabled = await create('member', new Date())
    expect(await foreseeDeparture(id)).toEqual({ isOnlyAdministrator: true, others: 1 })
    await expect(deleteUser(id)).rejects.toMatchObject({ code: 'last_administrator', field: undefined })
    for (const email of ['nobody@example.org', await emailOf(id), await emailOf(disabled)]) {
      await expect(deleteUser(id, email)).rejects.toMatchObject({
        code: 'last_administrator',
        field: 'successor',
      })
    }
    expect(await findUserById(id)).not.toBeNull()
    await deleteUser(id, await emailOf(member))
    expect(await findUserById(id)).toBeNull()
    expect(await findUserById(member)).toMatchObject({ role: 'administrator' })
  })

  test('a member, and one of two administrators, go without a word', async () => {
    const [first, second, member] = [
      await create('administrator'),
      await create('administrator'),
      await create('member'),
    ]
    expect(await foreseeDeparture(member)).toMatchObject({ isOnlyAdministrator: false })
    expect(await foreseeDeparture(first)).toMatchObject({ isOnlyAdministrator: false })
    await deleteUser(member)
    await deleteUser(first)
    expect(await foreseeDeparture(second)).toEqual({ isOnlyAdministrator: true, others: 0 })
  })

  test('of two administrators who go at once, one has to say who is to follow', async () => {
    const ids = [await create('administrator'), await create('administrator')]
    await create('member')
    const results = await Promise.allSettled(ids.map((id) => deleteUser(id)))
    expect(results.map(({ status }) => status).sort()).toEqual(['fulfilled', 'rejected'])
    expect(await db().user.count({ where: { role: 'administrator' } })).toBe(1)
  })
})
