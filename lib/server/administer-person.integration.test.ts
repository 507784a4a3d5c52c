import { v7 as uuidv7 } from 'uuid'
import { afterAll, beforeAll, beforeEach, expect, test } from 'vitest'
import { completionRequestSchema } from '#lib/api/chat-completion.ts'
import { listAuditEvents } from '#lib/db/audit-events.ts'
import { closeDatabase, db } from '#lib/db/client.ts'
import type { ScriptedProvider } from '../../e2e/provider/scripted-provider.ts'
import { createPerson } from '../../scripts/test/create-person.ts'
import { emptyDatabase } from '../../scripts/test/empty-database.ts'
import { useScriptedProvider } from '../../scripts/test/use-scripted-provider.ts'
import { type Administrator, administerPerson, signOutPerson } from './administer-person.ts'
import { completeChat } from './complete-chat.ts'
import { modelHealth } from './model-health.ts'
import { runningGenerations } from './running-generations.ts'
import { startTurn } from './start-turn.ts'

let provider: ScriptedProvider
let administrator: Administrator
let person: string

beforeAll(async () => {
  provider = await useScriptedProvider()
})
beforeEach(async () => {
  await emptyDatabase()
  const id = await createPerson()
  await db().user.update({ where: { id }, data: { role: 'administrator' } })
  administrator = { actor: { id, email: 'head@example.org' }, address: '203.0.113.9' }
  person = await createPerson()
})
afterAll(async () => {
  await provider.stop()
  await closeDatabase()
})

async function actions(): Promise<string[]> {
  return (await listAuditEvents({ action: null, before: null })).entries.map(({ action }) => action)
}

test('disabling a person stops the answers that are being written for them', async () => {
  const message = { id: uuidv7(), text: '[scenario:slow tokens=2000 delay=5]' }
  await startTurn(person, { conversationId: uuidv7(), parentId: null, message })
  const [running] = [...runningGenerations().values()]
  await expect.poll(() => running?.answer.text).not.toBe('')
  expect(await administerPerson(person, { disabled: true }, administrator)).toMatchObject({
    isDisabled: true,
  })
  expect(runningGenerations().size).toBe(0)
  expect(await db().generation.findMany({ select: { status: true } })).toEqual([{ status: 'stopped' }])
})

test('disabling a person ends what is written for a program of theirs', async () => {
  const messages = [{ role: 'user', content: '[scenario:slow tokens=2000 delay=5]' }]
  const request = completionRequestSchema.parse({ model: 'tutor', messages })
  const { answer } = await completeChat({ user: { id: person }, tokenId: null }, request, null)
  await expect.poll(() => answer.text).not.toBe('')
  await administerPerson(person, { disabled: true }, administrator)
  expect(await db().usageEvent.findMany({ select: { outcome: true } })).toEqual([{ outcome: 'stopped' }])
})

test('a turn that waits while its person is disabled is not begun', async () => {
  const message = { id: uuidv7(), text: 'Hello' }
  const begun = await db().$transaction(async (transaction) => {
    await transaction.user.update({ where: { id: person }, data: { disabledAt: new Date() } })
    const turn = startTurn(person, { conversationId: uuidv7(), parentId: null, message })
    const refused = expect(turn).rejects.toMatchObject({ code: 'signed_out' })
    await expect.poll(waiting).toBe(1)
    return { refused }
  })
  await begun.refused
  expect(await db().conversation.count()).toBe(0)
})

async function waiting(): Promise<number> {
  const [row] = await db().$queryRaw<[{ count: number }]>`
    SELECT count(*)::int FROM pg_stat_activity WHERE wait_event_type = 'Lock' AND query LIKE '%admit_turn%'`
  return row.count
}

test('what is changed is in the audit log with who, whom and from where; what stays is not', async () => {
  await administerPerson(person, { role: 'member' }, administrator)
  expect(await actions()).toEqual([])
  await administerPerson(person, { role: 'administrator' }, administrator)
  await administerPerson(person, { disabled: true }, administrator)
  await administerPerson(person, { disabled: false }, administrator)
  await signOutPerson(person, administrator)
  expect(await actions()).toEqual([
    ...['user.signed_out', 'user.enabled', 'user.disabled', 'user.role_changed'],
  ])
  const { entries } = await listAuditEvents({ action: 'user.disabled', before: null })
  expect(entries).toMatchObject([
    { actor: 'head@example.org', subject: `${person}@example.org`, address: '203.0.113.9' },
  ])
  const changed = await listAuditEvents({ action: 'user.role_changed', before: null })
  expect(changed.entries).toMatchObject([{ subject: `${person}@example.org: Administrator` }])
})

test('what is refused is not in the audit log', async () => {
  const refused = administerPerson(administrator.actor.id, { disabled: true }, administrator)
  await expect(refused).rejects.toMatchObject({ code: 'last_administrator' })
  await expect(signOutPerson(uuidv7(), administrator)).rejects.toMatchObject({ code: 'not_found' })
  expect(await actions()).toEqual([])
})

test('models are told with their part, and how their calls of a day went', async () => {
  const event = { kind: 'answer', provider: 'openai', model: 'scripted-main', userId: person } as const
  const long = new Date(Date.now() - 25 * 60 * 60 * 1000)
  await db().usageEvent.createMany({
    data: [
      { ...event, id: uuidv7(), outcome: 'complete', timeToFirstTokenMs: 400 },
      { ...event, id: uuidv7(), outcome: 'stopped', timeToFirstTokenMs: 600 },
      { ...event, id: uuidv7(), outcome: 'rate_limited' },
      { ...event, id: uuidv7(), outcome: 'running' },
      { ...event, id: uuidv7(), outcome: 'wrong_key', createdAt: long },
      { ...event, id: uuidv7(), model: 'chosen', outcome: 'complete' },
    ],
  })
  expect(await modelHealth()).toMatchObject([
    {
      ...{ model: 'scripted-main', part: 'Answers', state: 'asked', calls: 3, failed: 1 },
      ...{ lastFailure: 'rate_limited', medianFirstTokenMs: 400 },
    },
    { model: 'scripted-utility', part: 'Titles and summaries', calls: 0, lastFailure: null },
    { model: 'chosen', part: '', calls: 1, failed: 0 },
  ])
})
