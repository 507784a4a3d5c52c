import { v7 as uuidv7 } from 'uuid'
import { afterAll, beforeEach, expect, test } from 'vitest'
import { lastDays } from '#lib/chat/local-days.ts'
import { createPerson } from '../../scripts/test/create-person.ts'
import { createTurn } from '../../scripts/test/create-turn.ts'
import { emptyDatabase } from '../../scripts/test/empty-database.ts'
import { closeDatabase, db } from './client.ts'
import { listUsageCalls, readUsageReport } from './usage-report.ts'

let person: string
const now = new Date('2026-07-10T12:00:00Z')

beforeEach(async () => {
  await emptyDatabase()
  person = await createPerson()
})
afterAll(closeDatabase)

async function spend(change: object = {}) {
  await db().usageEvent.create({
    data: {
      ...{ id: uuidv7(), userId: person, kind: 'answer', provider: 'openai', model: 'big', persona: 'zeno' },
      ...{ outcome: 'complete', inputTokens: 100, cachedInputTokens: 40, outputTokens: 10, cost: 5_000n },
      ...{ createdAt: now, timeToFirstTokenMs: 100, latencyMs: 1000 },
      ...change,
    },
  })
}

function report(timeZone = 'UTC', days = 7) {
  return readUsageReport(person, lastDays(days, timeZone, now))
}

async function conversation(title: string) {
  const conversationId = uuidv7()
  await createTurn(person, { conversationId, newConversation: { placeholderTitle: title } })
  await db().usageEvent.deleteMany()
  return conversationId
}

test('nothing is told of somebody who asked nothing, day by day', async () => {
  const stranger = await createPerson()
  await spend({ userId: stranger })
  const { total, byDay, ...rest } = await report()
  expect(total).toMatchObject({ calls: 0, cost: 0, latencyP50: null })
  expect(byDay.map(({ day, calls }) => [day, calls])).toEqual(
    [4, 5, 6, 7, 8, 9, 10].map((day) => [`2026-07-${String(day).padStart(2, '0')}`, 0]),
  )
  expect(rest).toMatchObject({ byModel: [], byPersona: [], byKind: [], byConversation: [], failures: [] })
  expect(rest.otherConversations).toBe(0)
})

test('calls are summed by day, model, persona and kind, most costly first', async () => {
  await spend()
  await spend({ cost: 7_000n, latencyMs: 3000, timeToFirstTokenMs: 300 })
  await spend({ model: 'small', kind: 'title', cost: 1n, latencyMs: 5 })
  await spend({ persona: 'stoic', kind: 'summary', cost: 9_000_000_000n })
  await spend({ createdAt: new Date('2026-07-03T23:59:59.999Z'), cost: 99n })
  const { total, byDay, byModel, byPersona, byKind } = await report()
  expect(total).toMatchObject({ calls: 4, inputTokens: 400, cachedInputTokens: 160, outputTokens: 40 })
  expect(total).toMatchObject({ latencyP50: 2000, latencyP95: 2900, timeToFirstTokenP50: 200 })
  expect(byDay.at(-1)).toMatchObject({ day: '2026-07-10', calls: 4, cost: 9_000_012_001 })
  expect(byModel).toMatchObject([
    { provider: 'openai', model: 'big', calls: 3, latencyP95: 2900 },
    { provider: 'openai', model: 'small', calls: 1, cost: 1, latencyP50: null },
  ])
  expect(byPersona).toMatchObject([
    { persona: 'stoic', calls: 1 },
    { persona: 'zeno', calls: 3, cost: 12_001 },
  ])
  expect(byKind.map(({ kind, calls }) => [kind, calls])).toEqual([
    ['summary', 1],
    ['answer', 2],
    ['title', 1],
  ])
})

test('what has no persona is a group of its own, and no total', async () => {
  await spend({ persona: null })
  const { total, byPersona } = await report()
  expect(byPersona).toMatchObject([{ persona: null, calls: 1 }])
  expect(total.calls).toBe(1)
})

test('a call belongs to the day that it was to the person', async () => {
  await spend({ createdAt: new Date('2026-07-09T23:30:00Z') })
  const daysOf = async (timeZone: string) =>
    (await report(timeZone)).byDay.filter(({ calls }) => calls > 0).map(({ day }) => day)
  expect(await daysOf('UTC')).toEqual(['2026-07-09'])
  expect(await daysOf('Europe/Berlin')).toEqual(['2026-07-10'])
  expect(await daysOf('America/Los_Angeles')).toEqual(['2026-07-09'])
  // The first day begins by the person's clock, too.
  await spend({ createdAt: new Date('2026-07-03T22:30:00Z') })
  expect((await report('UTC')).total.calls).toBe(1)
  expect((await report('Europe/Berlin')).total.calls).toBe(2)
})

test('what is not known is counted, and in no sum; what runs is neither', async () => {
  await spend()
  await spend({ cost: null })
  const unknown = { inputTokens: null, cachedInputTokens: null, outputTokens: null, cost: null }
  await spend({ ...unknown, outcome: 'rate_limited' })
  await spend({ ...unknown, outcome: 'running', latencyMs: null })
  const { total, failures } = await report()
  expect(total).toMatchObject({
    calls: 4,
    running: 1,
    cost: 5_000,
    callsWithoutCost: 2,
    callsWithoutTokens: 1,
  })
  expect(failures).toEqual([{ code: 'rate_limited', calls: 1 }])
})

test('of conversations that are deleted no title is told, but what they cost', async () => {
  const kept = await conversation('Kept')
  const deleted = await conversation('Deleted')
  const gone = await conversation('Gone')
  const tried = await conversation('Tried')
  for (const conversationId of [kept, deleted, gone, tried]) await spend({ conversationId })
  await db().conversation.update({ where: { id: deleted }, data: { deletedAt: new Date() } })
  await db().conversation.update({ where: { id: tried }, data: { temporary: true } })
  await db().conversation.delete({ where: { id: gone } })
  const { byConversation, total } = await report()
  expect(byConversation).toMatchObject([
    { id: null, title: null, calls: 3, cost: 15_000 },
    { id: kept, title: 'Kept', calls: 1 },
  ])
  expect(total.cost).toBe(20_000)
  const calls = await listUsageCalls(person, new Date('2026-07-01'), null)
  expect(calls.filter(({ title }) => title !== null).map(({ title }) => title)).toEqual(['Kept'])
})

test('calls are listed page by page, each once, also those of one moment', async () => {
  for (let index = 0; index < 5; index++) await spend()
  await spend({ createdAt: new Date('2026-07-09T12:00:00.001Z') })
  const ids: string[] = []
  let page = await listUsageCalls(person, new Date('2026-07-09'), null, 2)
  while (page.length > 0) {
    ids.push(...page.map(({ id }) => id))
    page = await listUsageCalls(person, new Date('2026-07-09'), page.at(-1) ?? null, 2)
  }
  expect(new Set(ids).size).toBe(6)
  expect(ids).toHaveLength(6)
})
