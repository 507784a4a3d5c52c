import { v7 as uuidv7 } from 'uuid'
import { afterAll, beforeAll, beforeEach, expect, test } from 'vitest'
import { closeDatabase, db } from '#lib/db/client.ts'
import type { ScriptedProvider } from '../../e2e/provider/scripted-provider.ts'
import { createPerson } from '../../scripts/test/create-person.ts'
import { createTurn } from '../../scripts/test/create-turn.ts'
import { emptyDatabase } from '../../scripts/test/empty-database.ts'
import { useScriptedProvider } from '../../scripts/test/use-scripted-provider.ts'
import { editSummary, listSummaries, restoreSummary } from './change-summary.ts'
import { REMAKES_PER_MINUTE, remakeSummary } from './remake-summary.ts'

let provider: ScriptedProvider
let person: string
let conversationId: string
/** Question, answer, question, answer. */
let ids: string[]

beforeAll(async () => {
  provider = await useScriptedProvider({ CONTEXT_BUDGET: '4000' })
})
beforeEach(async () => {
  await emptyDatabase()
  person = await createPerson()
  const first = await createTurn(person, { text: 'First of all' })
  conversationId = first.conversationId
  await end(first.answer.id, 'The first answer')
  const next = { id: uuidv7(), parentId: first.answer.id, text: 'Then', tokens: 5 }
  const second = await createTurn(person, {
    ...{ conversationId, newConversation: null, userMessage: next },
    answer: { id: uuidv7(), parentId: next.id },
  })
  await end(second.answer.id, 'The second answer')
  ids = [first.answer.parentId, first.answer.id, next.id, second.answer.id]
})
afterAll(async () => {
  await provider.stop()
  await closeDatabase()
})

async function end(id: string, text: string): Promise<void> {
  await db().message.update({ where: { id }, data: { text, tokens: 4 } })
  await db().generation.updateMany({ where: { messageId: id }, data: { status: 'complete' } })
}

/** A version as a fold of the first question and answer stores it. */
async function storeFold(version = 1, change: { text?: string; basedOnId?: string } = {}): Promise<string> {
  const id = uuidv7()
  await db().summary.create({
    data: {
      ...{ id, conversationId, version, text: `Version ${version} of it.`, tokens: 6, author: 'model' },
      ...{ throughMessageId: ids[1] ?? '', fromMessageId: ids[0] ?? '', foldedMessages: 2 },
      ...{ provider: 'openai', model: 'scripted-utility', ...change },
    },
  })
  return id
}

const texts = async () => (await listSummaries(person, conversationId)).versions.map(({ text }) => text)

test('what a person writes is another version, which holds from then on', async () => {
  await storeFold()
  await editSummary(person, conversationId, { text: '  As I see it: courage.  ', version: 1 })

  expect(await listSummaries(person, conversationId)).toMatchObject({
    versions: [
      {
        ...{ version: 2, author: 'person', text: 'As I see it: courage.', basedOnVersion: 1, isActive: true },
        ...{ provider: null, model: null, foldedMessages: 0, coveredMessages: 2, throughMessageId: ids[1] },
      },
      { version: 1, author: 'model', isActive: false, coveredMessages: 2, fromMessageId: ids[0] },
    ],
    nextBefore: null,
  })
})

test('what is too short, too long or of an older version is refused, and nothing changes', async () => {
  const edit = (text: string, version = 1) => editSummary(person, conversationId, { text, version })
  await expect(edit('There is none yet.')).rejects.toMatchObject({ code: 'not_found' })
  await storeFold()
  await expect(edit(' Short.  ')).rejects.toMatchObject({ code: 'invalid_request', field: 'text' })
  await expect(edit('and so on '.repeat(1_000))).rejects.toMatchObject({ code: 'invalid_request' })
  await edit('Written in one tab.')
  await expect(edit('Written in another tab.')).rejects.toMatchObject({ code: 'summary_changed' })
  expect(await texts()).toEqual(['Written in one tab.', 'Version 1 of it.'])
})

test('of two changes at once one is stored', async () => {
  await storeFold()
  const both = await Promise.allSettled(
    ['One of the two.', 'Two of the two.'].map((text) =>
      editSummary(person, conversationId, { text, version: 1 }),
    ),
  )
  expect(both.map(({ status }) => status).toSorted()).toEqual(['fulfilled', 'rejected'])
  expect(await texts()).toHaveLength(2)
})

test('rolling back makes an earlier version hold again, and loses none', async () => {
  await storeFold()
  await editSummary(person, conversationId, { text: 'As I see it: courage.', version: 1 })
  await restoreSummary(person, conversationId, 1)
  expect((await listSummaries(person, conversationId)).versions).toMatchObject([
    { version: 3, text: 'Version 1 of it.', restoredFromVersion: 1, isActive: true, coveredMessages: 2 },
    { version: 2, author: 'person' },
    { version: 1 },
  ])
  await expect(restoreSummary(person, conversationId, 9)).rejects.toMatchObject({ code: 'not_found' })
})

test('a version that does not hold here cannot be rolled back to', async () => {
  await storeFold()
  await db().summary.create({
    data: {
      ...{ id: uuidv7(), conversationId, version: 2, text: 'Of another context.', tokens: 4 },
      ...{ author: 'model', throughMessageId: ids[1] ?? '', startsAfterId: ids[0] ?? '' },
    },
  })
  const whichCanHold = async () =>
    (await listSummaries(person, conversationId)).versions.map(({ version, canHold }) => [version, canHold])
  expect(await whichCanHold()).toEqual([
    [2, false],
    [1, true],
  ])
  await expect(restoreSummary(person, conversationId, 2)).rejects.toMatchObject({ code: 'invalid_request' })
  await db().conversation.update({ where: { id: conversationId }, data: { activeLeafId: ids[0] ?? null } })
  expect((await whichCanHold()).map(([, canHold]) => canHold)).toEqual([false, false])
  await expect(restoreSummary(person, conversationId, 1)).rejects.toMatchObject({ code: 'invalid_request' })
})

test('it is made anew from the messages that it took in, also behind what a person changed', async () => {
  const first = await storeFold(1)
  await db().summary.update({ where: { id: first }, data: { foldedMessages: 0, fromMessageId: null } })
  await expect(remakeSummary(person, conversationId)).rejects.toMatchObject({ code: 'not_found' })
  await storeFold(2, { basedOnId: first })
  await editSummary(person, conversationId, { text: 'As I see it: courage.', version: 2 })
  await remakeSummary(person, conversationId)

  const prompt = String(provider.requests.at(-1)?.body.messages[0]?.content)
  expect(prompt).toContain('<existing_summary>\nVersion 1 of it.\n</existing_summary>')
  expect(prompt).toContain('The person:\nFirst of all\n\nThe assistant:\nThe first answer')
  expect(prompt).not.toContain('Then')
  expect((await listSummaries(person, conversationId)).versions[0]).toMatchObject({
    ...{ version: 4, author: 'model', basedOnVersion: 1, foldedMessages: 2, isActive: true },
    ...{ fromMessageId: ids[0], throughMessageId: ids[1] },
  })
})

test('a summary that no model can write leaves the old one, and making many is refused', async () => {
  await storeFold()
  await db().message.update({ where: { id: ids[0] ?? '' }, data: { text: '[summary:empty]' } })
  for (let time = 0; time < REMAKES_PER_MINUTE; time += 1) {
    await expect(remakeSummary(person, conversationId)).rejects.toMatchObject({ code: 'summary_failed' })
  }
  await expect(remakeSummary(person, conversationId)).rejects.toMatchObject({
    ...{ code: 'too_many_turns', message: expect.stringContaining('summaries made anew') },
    retryAfterSeconds: expect.any(Number),
  })
  expect(await texts()).toEqual(['Version 1 of it.'])
  expect(await db().usageEvent.count({ where: { kind: 'summary' } })).toBe(2 * REMAKES_PER_MINUTE)
})

test('it is not made anew while an answer is being written', async () => {
  await storeFold()
  await db().generation.updateMany({ where: { messageId: ids[3] ?? '' }, data: { status: 'streaming' } })
  const before = provider.requests.length
  await expect(remakeSummary(person, conversationId)).rejects.toMatchObject({ code: 'generation_running' })
  expect(provider.requests).toHaveLength(before)
})

test('who has spent their month has none made anew', async () => {
  await storeFold()
  await db().user.update({ where: { id: person }, data: { monthlyBudget: 0 } })
  await expect(remakeSummary(person, conversationId)).rejects.toMatchObject({ code: 'budget_exhausted' })
})

test('versions come in pages, and another’s are not there', async () => {
  for (let version = 1; version <= 45; version += 1) await storeFold(version)
  const first = await listSummaries(person, conversationId)
  const second = await listSummaries(person, conversationId, first.nextBefore ?? undefined)
  const third = await listSummaries(person, conversationId, second.nextBefore ?? undefined)
  const numbers = [first, second, third].flatMap(({ versions }) => versions.map(({ version }) => version))
  expect(numbers).toEqual(Array.from({ length: 45 }, (_, index) => 45 - index))
  expect(third.nextBefore).toBeNull()
  await expect(listSummaries(await createPerson(), conversationId)).rejects.toMatchObject({
    code: 'not_found',
  })
})
