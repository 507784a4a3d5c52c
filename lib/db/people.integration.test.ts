import { v7 as uuidv7 } from 'uuid'
import { afterAll, beforeEach, expect, test } from 'vitest'
import { createPerson } from '../../scripts/test/create-person.ts'
import { emptyDatabase } from '../../scripts/test/empty-database.ts'
import { closeDatabase, db } from './client.ts'
import { changePerson, findPerson, listPeople } from './people.ts'

beforeEach(emptyDatabase)
afterAll(closeDatabase)

async function createAdministrator(): Promise<string> {
  const id = await createPerson()
  await db().user.update({ where: { id }, data: { role: 'administrator' } })
  return id
}

test('each person is told with what this month came to and may, who came last first', async () => {
  const [ada, bea] = [await createPerson(), await createPerson()]
  await db().user.update({
    where: { id: bea },
    data: { monthlyBudget: 500_000_000n, disabledAt: new Date() },
  })
  const event = { kind: 'answer', provider: 'openai', model: 'big', outcome: 'complete' } as const
  const before = new Date(Date.UTC(new Date().getUTCFullYear(), new Date().getUTCMonth(), 1) - 1)
  await db().usageEvent.createMany({
    data: [
      { ...event, id: uuidv7(), userId: bea, cost: 7n },
      { ...event, id: uuidv7(), userId: bea, cost: null, held: 3n },
      { ...event, id: uuidv7(), userId: bea, cost: 100n, createdAt: before },
    ],
  })
  const { people, nextBefore } = await listPeople(null)
  expect(people).toMatchObject([
    { id: bea, email: `${bea}@example.org`, isDisabled: true, spent: 10, ownBudget: 500_000_000 },
    { id: ada, name: 'Ada', role: 'member', isDisabled: false, spent: 0, ownBudget: null },
  ])
  expect(nextBefore).toBeNull()
  expect(await findPerson(bea)).toEqual(people[0])
  expect(await findPerson(uuidv7())).toBeNull()
})

test('more people than fit a page are told on the next, each once', async () => {
  const ids: string[] = []
  for (let each = 0; each < 26; each += 1) ids.unshift(await createPerson())
  const first = await listPeople(null)
  const second = await listPeople(first.nextBefore)
  expect([...first.people, ...second.people].map(({ id }) => id)).toEqual(ids)
  expect(second).toMatchObject({ people: [{ id: ids.at(-1) }], nextBefore: null })
})

test('the last administrator who can sign in stays one', async () => {
  const [ada, bea] = [await createAdministrator(), await createAdministrator()]
  await changePerson(bea, { disabled: true })
  for (const change of [{ role: 'member' as const }, { disabled: true }]) {
    await expect(changePerson(ada, change)).rejects.toMatchObject({ code: 'last_administrator' })
  }
  expect(await findPerson(ada)).toMatchObject({ role: 'administrator', isDisabled: false })
})

test('of two administrators who take it from each other at once one stays', async () => {
  const [ada, bea] = [await createAdministrator(), await createAdministrator()]
  const changes = [ada, bea].map((id) => changePerson(id, { role: 'member' }))
  const outcomes = await Promise.allSettled(changes)
  expect(outcomes.map(({ status }) => status).sort()).toEqual(['fulfilled', 'rejected'])
})

test('disabling ends the sessions; enabling brings none back', async () => {
  await createAdministrator()
  const id = await createPerson()
  const stored = () => db().user.findUniqueOrThrow({ where: { id } })
  await changePerson(id, { disabled: true })
  expect(await stored()).toMatchObject({ sessionVersion: 1, disabledAt: expect.any(Date) })
  await changePerson(id, { disabled: false })
  expect(await stored()).toMatchObject({ sessionVersion: 1, disabledAt: null })
})
