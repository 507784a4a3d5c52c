import { v7 as uuidv7 } from 'uuid'
import { afterAll, beforeEach, expect, test } from 'vitest'
import { createPerson } from '../../scripts/test/create-person.ts'
import { emptyDatabase } from '../../scripts/test/empty-database.ts'
import { listBudgets } from './budgets.ts'
import { closeDatabase, db } from './client.ts'

beforeEach(emptyDatabase)
afterAll(closeDatabase)

test('each person is told with what this month came to and may, those who are disabled not', async () => {
  const [ada, bea, gone] = [await createPerson(), await createPerson(), await createPerson()]
  await db().user.update({ where: { id: bea }, data: { name: 'bea', monthlyBudget: 500_000_000n } })
  await db().user.update({ where: { id: gone }, data: { disabledAt: new Date() } })
  const event = { kind: 'answer', provider: 'openai', model: 'big', outcome: 'complete' } as const
  const before = new Date(Date.UTC(new Date().getUTCFullYear(), new Date().getUTCMonth(), 1) - 1)
  await db().usageEvent.createMany({
    data: [
      { ...event, id: uuidv7(), userId: bea, cost: 7n },
      { ...event, id: uuidv7(), userId: bea, cost: null, held: 3n },
      { ...event, id: uuidv7(), userId: bea, cost: 100n, createdAt: before },
    ],
  })
  expect(await listBudgets()).toEqual([
    { id: ada, name: 'Ada', email: `${ada}@example.org`, spent: 0, ownBudget: null },
    { id: bea, name: 'bea', email: `${bea}@example.org`, spent: 10, ownBudget: 500_000_000 },
  ])
})
