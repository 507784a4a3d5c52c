import { afterAll, afterEach, beforeEach, expect, test } from 'vitest'
import { closeDatabase, db } from '#lib/db/client.ts'
import { readTurn, writeProgress } from '#lib/db/generations.ts'
import { createPerson } from '../../scripts/test/create-person.ts'
import { createTurn } from '../../scripts/test/create-turn.ts'
import { emptyDatabase } from '../../scripts/test/empty-database.ts'
import { sweepGenerations } from './sweep-generations.ts'

beforeEach(emptyDatabase)
afterEach(() => db().$executeRaw`DROP FUNCTION IF EXISTS refuse_end CASCADE`)
afterAll(closeDatabase)

/** From now on PostgreSQL refuses whatever would change this generation. */
async function refuseEnd(generationId: string): Promise<void> {
  await db().$executeRaw`
    CREATE FUNCTION refuse_end() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN RAISE EXCEPTION 'refused'; END $$`
  await db().$executeRawUnsafe(
    `CREATE TRIGGER refuse_end BEFORE UPDATE ON generation FOR EACH ROW WHEN (NEW.id = '${generationId}')
     EXECUTE FUNCTION refuse_end()`,
  )
}

test('an answer whose end cannot be written keeps no other from its own, and gets it once it can', async () => {
  const person = await createPerson()
  const turns = [await createTurn(person), await createTurn(person), await createTurn(person)]
  // The oldest sign of life is looked at first.
  for (const { generation } of turns)
    await writeProgress([generation.id], [{ generationId: generation.id, sequence: 0, text: 'Courage' }])
  const [refused, ...others] = turns.map(({ generation }) => generation.id)
  if (!refused) throw new Error('There are three.')
  await refuseEnd(refused)

  for (const now of [0, 2_000, 4_000]) expect(await sweepGenerations(6_000, now)).toBe(0)
  expect(await sweepGenerations(6_000, 6_000)).toBe(2)
  const end = { text: 'Courage', generation: { status: 'interrupted', errorCode: 'interrupted' } }
  for (const id of others) expect(await readTurn(person, id)).toMatchObject(end)
  expect(await readTurn(person, refused)).toMatchObject({ generation: { status: 'streaming' } })

  await db().$executeRaw`DROP FUNCTION refuse_end CASCADE`
  expect(await sweepGenerations(6_000, 8_000)).toBe(1)
  expect(await readTurn(person, refused)).toMatchObject(end)
})
