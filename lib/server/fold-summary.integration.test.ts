import { v7 as uuidv7 } from 'uuid'
import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest'
import { removeBranch } from '#lib/db/branches.ts'
import { clearContext, unclearContext } from '#lib/db/clears.ts'
import { closeDatabase, db } from '#lib/db/client.ts'
import { readConversation } from '#lib/db/conversations.ts'
import { insertSummary } from '#lib/db/summaries.ts'
import type { ScriptedProvider } from '../../e2e/provider/scripted-provider.ts'
import { allEnded } from '../../scripts/test/all-ended.ts'
import { createPerson } from '../../scripts/test/create-person.ts'
import { emptyDatabase } from '../../scripts/test/empty-database.ts'
import { useScriptedProvider } from '../../scripts/test/use-scripted-provider.ts'
import { foldQueue } from './fold-summary.ts'
import { startTurn } from './start-turn.ts'

let provider: ScriptedProvider
let person: string

beforeAll(async () => {
  provider = await useScriptedProvider({ CONTEXT_BUDGET: '4000', RATE_LIMIT_PER_MINUTE: '1000' })
})
beforeEach(async () => {
  await emptyDatabase()
  person = await createPerson()
})
afterAll(async () => {
  await provider.stop()
  await closeDatabase()
})

interface Talk {
  conversationId: string
  leafId: string | null
}

const newTalk = (): Talk => ({ conversationId: uuidv7(), leafId: null })

/** A turn of about 150 tokens beside what is said. */
async function say(talk: Talk, text = 'on'): Promise<string> {
  const message = { id: uuidv7(), text: `${text} [scenario:plain] ${'and then we waited '.repeat(35)}` }
  const { conversationId, leafId } = talk
  const turn = await startTurn(person, { conversationId, parentId: leafId, message })
  await allEnded()
  talk.leafId = turn.answerId
  return message.id
}

async function sayTimes(talk: Talk, times: number, text?: string): Promise<void> {
  for (let turn = 0; turn < times; turn += 1) await say(talk, text)
}

/** What the queue does when it comes to the job. */
const fold = ({ conversationId }: Talk) => foldQueue.handle(conversationId, true)

function versions({ conversationId }: Talk) {
  return db().summary.findMany({ where: { conversationId }, orderBy: { version: 'asc' } })
}

function summaryCalls() {
  return provider.requests.filter(({ kind }) => kind === 'summary').map(({ body }) => body)
}

/** Enough that the oldest are to be folded. */
const FULL = 9

test('the oldest messages become a summary, which the next request holds in their place', async () => {
  const talk = newTalk()
  await sayTimes(talk, 2)
  await fold(talk)
  expect(await versions(talk)).toEqual([])

  await sayTimes(talk, FULL)
  const before = summaryCalls().length
  await fold(talk)
  const [summary, ...others] = await versions(talk)
  expect(others).toEqual([])
  expect(summary).toMatchObject({
    version: 1,
    author: 'model',
    model: 'scripted-utility',
    startsAfterId: null,
  })

  const { messages, summary: shown } = (await readConversation(person, talk.conversationId)) ?? {}
  const place = messages?.findIndex(({ id }) => id === summary?.throughMessageId) ?? -1
  expect(messages?.[place]?.role).toBe('assistant')
  expect(summary).toMatchObject({ foldedMessages: place + 1, fromMessageId: messages?.[0]?.id })
  expect(shown).toEqual({ id: summary?.id, version: 1, throughMessageId: summary?.throughMessageId })
  const [call] = summaryCalls().slice(before)
  for (const { text } of messages?.slice(0, place + 1) ?? [])
    expect(call?.messages[0]?.content).toContain(text)

  await say(talk, 'afterwards')
  const sent = provider.requests.findLast(({ message }) => message.startsWith('afterwards'))?.body.messages
  expect(sent?.[0]?.content).toContain(summary?.text)
  expect(sent?.slice(1, -1).map(({ content }) => content)).toEqual(
    messages?.slice(place + 1).map(({ text }) => text),
  )
})

test('the next fold goes on from the last one: each message is folded once, the old summary with them', async () => {
  const talk = newTalk()
  await sayTimes(talk, FULL)
  await fold(talk)
  await fold(talk)
  expect(await versions(talk)).toHaveLength(1)
  await sayTimes(talk, FULL)
  await fold(talk)

  const [first, second] = await versions(talk)
  const { messages = [] } = (await readConversation(person, talk.conversationId)) ?? {}
  const reach = messages.findIndex(({ id }) => id === first?.throughMessageId)
  expect(second).toMatchObject({ version: 2, basedOnId: first?.id, fromMessageId: messages[reach + 1]?.id })
  const call = String(summaryCalls().at(-1)?.messages[0]?.content)
  expect(call).toContain(first?.text)
  expect(call.match(/The person:/g)).toHaveLength((second?.foldedMessages ?? 0) / 2)
})

test('what one request cannot read is folded in several, and all of it was read', async () => {
  const talk = newTalk()
  await sayTimes(talk, 3 * FULL)
  const before = summaryCalls().length
  await fold(talk)

  const stored = await versions(talk)
  expect(stored.length).toBeGreaterThan(1)
  const { messages = [] } = (await readConversation(person, talk.conversationId)) ?? {}
  const reach = messages.findIndex(({ id }) => id === stored.at(-1)?.throughMessageId)
  expect(stored.reduce((sum, { foldedMessages }) => sum + foldedMessages, 0)).toBe(reach + 1)
  const read = summaryCalls()
    .slice(before)
    .map(({ messages: [prompt] }) => String(prompt?.content))
    .join('')
  expect(read.match(/The person:/g)).toHaveLength((reach + 1) / 2)
})

describe('what is no summary', () => {
  test.each(['empty', 'short', 'truncated', 'refused', 'long', 'fail'])(
    'is not stored (%s): the main model is asked, else the old one stays',
    async (behaviour) => {
      const talk = newTalk()
      await say(talk, `[summary:${behaviour} only=scripted-utility]`)
      await sayTimes(talk, FULL)
      await fold(talk)
      const [first] = await versions(talk)
      expect(first).toMatchObject({ version: 1, model: 'scripted-main' })

      await sayTimes(talk, FULL, `[summary:${behaviour}]`)
      await fold(talk)
      expect(await versions(talk)).toHaveLength(1)
      const asked = summaryCalls().slice(-2)
      expect(asked.map(({ model }) => model)).toEqual(['scripted-utility', 'scripted-main'])
      await say(talk, 'still')
      const sent = provider.requests.findLast(({ message }) => message.startsWith('still'))?.body.messages
      expect(sent?.[0]?.content).toContain(first?.text)
    },
  )

  test('is told from what a model only puts around it', async () => {
    const talk = newTalk()
    await say(talk, '[summary:dressed]')
    await sayTimes(talk, FULL)
    await fold(talk)
    const [summary] = await versions(talk)
    expect(summary?.model).toBe('scripted-utility')
    expect(summary?.text).toMatch(/^- The person and the assistant have talked/)
  })
})

test('what is too long for the models is folded by halves, and each message was read', async () => {
  const talk = newTalk()
  await sayTimes(talk, 2 * FULL, '[summary:narrow characters=6500]')
  const before = summaryCalls().length
  await fold(talk)
  const stored = await versions(talk)
  expect(stored.length).toBeGreaterThan(0)
  const prompts = summaryCalls()
    .slice(before)
    .map(({ messages: [prompt] }) => String(prompt?.content))
  expect(prompts.some(({ length }) => length > 6_500)).toBe(true)
  const read = prompts.filter(({ length }) => length <= 6_500).join('')
  const folded = stored.reduce((sum, { foldedMessages }) => sum + foldedMessages, 0)
  expect(read.match(/The person:/g)).toHaveLength(folded / 2)
})

test('models that wrote no summary are asked again once there is clearly more to be folded', async () => {
  const talk = newTalk()
  await say(talk, '[summary:refused]')
  await sayTimes(talk, FULL)
  const before = summaryCalls().length
  const asked = () => summaryCalls().length - before
  await fold(talk)
  expect(asked()).toBe(2)
  await say(talk)
  await fold(talk)
  expect(asked()).toBe(2)
  await sayTimes(talk, FULL)
  await fold(talk)
  expect(asked()).toBe(4)
})

test('models that were not to be had are asked again after the next answer: that costs nothing', async () => {
  const talk = newTalk()
  await say(talk, '[summary:fail]')
  await sayTimes(talk, FULL)
  const before = summaryCalls().length
  for (const _ of ['first', 'second']) {
    await say(talk)
    await fold(talk)
  }
  expect(summaryCalls().length - before).toBe(4)
})

test('what is folded while messages are deleted is not stored: the answer before may be gone on with', async () => {
  const talk = newTalk()
  await say(talk, '[summary:gated gate=deleted]')
  await sayTimes(talk, FULL)
  const before = summaryCalls().length
  const folding = fold(talk)
  await expect.poll(() => summaryCalls().length - before).toBe(1)
  const { messages = [] } = (await readConversation(person, talk.conversationId)) ?? {}
  expect(await removeBranch(person, talk.conversationId, messages[2]?.id ?? '')).toBe('changed')
  provider.stage.openGate('deleted')
  await folding
  expect(await versions(talk)).toEqual([])
})

test('an answer that a summary holds is not gone on with, though what followed it was deleted', async () => {
  const talk = newTalk()
  await say(talk)
  const [answerId, { conversationId }] = [talk.leafId ?? '', talk]
  await db().generation.updateMany({ where: { messageId: answerId }, data: { status: 'stopped' } })
  await sayTimes(talk, FULL)
  await fold(talk)
  expect(await versions(talk)).toHaveLength(1)
  const { messages = [] } = (await readConversation(person, conversationId)) ?? {}
  await removeBranch(person, conversationId, messages[2]?.id ?? '')
  await expect(startTurn(person, { conversationId, answerId, generationId: uuidv7() })).rejects.toMatchObject(
    {
      code: 'not_continuable',
      message: expect.stringContaining('a summary holds it as it is. Ask for it again.'),
    },
  )
})

test('what no model could read beside the existing summary is not folded unread', async () => {
  const talk = newTalk()
  await sayTimes(talk, FULL)
  await fold(talk)
  const [first] = await versions(talk)
  if (!first) throw new Error('There is a summary.')
  const long = { ...first, id: uuidv7(), version: 2, text: 'and so on '.repeat(1_150), basedOnId: first.id }
  await insertSummary({ ...long, tokens: 3_450, fromMessageId: null, foldedMessages: 0 })
  await sayTimes(talk, FULL)
  const before = summaryCalls().length
  await fold(talk)
  expect([await versions(talk), summaryCalls().slice(before)]).toEqual([[first, expect.anything()], []])

  await insertSummary({ ...long, id: uuidv7(), version: 3, text: 'Short again.', tokens: 3 })
  await fold(talk)
  expect((await versions(talk)).length).toBeGreaterThan(3)
})

test('every call is in the ledger of usage', async () => {
  const talk = newTalk()
  await say(talk, '[summary:short only=scripted-utility]')
  await sayTimes(talk, FULL)
  await fold(talk)
  const events = await db().usageEvent.findMany({ where: { kind: 'summary' }, orderBy: { id: 'asc' } })
  expect(events).toMatchObject([
    { userId: person, model: 'scripted-utility', outcome: 'complete', conversationId: talk.conversationId },
    { userId: person, model: 'scripted-main', outcome: 'complete' },
  ])
})

test('of two folds at once one wins, and a message is in one version only', async () => {
  const talk = newTalk()
  await say(talk, '[summary:gated gate=both]')
  await sayTimes(talk, FULL)
  const before = summaryCalls().length
  const both = [fold(talk), fold(talk)]
  await expect.poll(() => summaryCalls().length - before).toBe(2)
  provider.stage.openGate('both')
  await Promise.all(both)
  expect(await versions(talk)).toHaveLength(1)
})

test('a version whose number is taken is not stored', async () => {
  const talk = newTalk()
  await sayTimes(talk, FULL)
  await fold(talk)
  const [first] = await versions(talk)
  if (!first) throw new Error('There is a summary.')
  const again = { ...first, id: uuidv7(), text: 'Another text.' }
  expect(await insertSummary(again)).toBe(false)
  const gone = { ...again, version: 2, conversationId: uuidv7() }
  expect(await insertSummary(gone)).toBe(false)
  expect(await insertSummary({ ...again, version: 2 })).toBe(true)
})

test('another branch has the newest summary whose last message lies on it', async () => {
  const talk = newTalk()
  await sayTimes(talk, FULL)
  await fold(talk)
  const [first] = await versions(talk)
  const fork = talk.leafId
  await sayTimes(talk, FULL)
  await fold(talk)

  await say({ ...talk, leafId: fork }, 'elsewhere')
  const sent = provider.requests.findLast(({ message }) => message.startsWith('elsewhere'))?.body.messages
  expect(sent?.[0]?.content).toContain(first?.text)
  const { summary } = (await readConversation(person, talk.conversationId)) ?? {}
  expect(summary?.version).toBe(1)
})

test('nothing at or before a clear is folded, and what was folded after it does not stand for that once it is undone', async () => {
  const talk = newTalk()
  await sayTimes(talk, 3, 'old')
  const cleared = talk.leafId ?? ''
  await clearContext(person, talk.conversationId, cleared)
  await sayTimes(talk, FULL)
  await fold(talk)
  const [summary] = await versions(talk)
  expect(summary?.startsAfterId).toBe(cleared)
  expect(summaryCalls().at(-1)?.messages[0]?.content).not.toContain('old [')

  await unclearContext(person, talk.conversationId, cleared)
  expect((await readConversation(person, talk.conversationId))?.summary).toBeNull()
  await fold(talk)
  expect(await versions(talk)).toMatchObject([
    { version: 1 },
    { version: 2, startsAfterId: null, basedOnId: null },
  ])
})

test('between two folds each request begins with the one before, byte for byte', async () => {
  const talk = newTalk()
  const begun = provider.requests.length
  for (let turn = 0; turn < 25; turn += 1) {
    await say(talk, 'prefix')
    await fold(talk)
  }
  const requests = provider.requests.slice(begun).filter(({ kind }) => kind === 'answer')
  const sent = requests.map(({ body }) => JSON.stringify(body.messages).slice(0, -1))
  const broken = sent.filter((text, index) => index > 0 && !text.startsWith(sent[index - 1] ?? ''))
  const folds = (await versions(talk)).length
  expect(folds).toBeGreaterThan(1)
  expect(broken).toHaveLength(folds)
})

test('a conversation that is only tried is not folded', async () => {
  const talk = newTalk()
  await sayTimes(talk, FULL)
  await db().conversation.update({ where: { id: talk.conversationId }, data: { temporary: true } })
  await fold(talk)
  expect(await versions(talk)).toEqual([])
})
