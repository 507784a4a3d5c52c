import { afterAll, beforeAll, beforeEach, expect, test } from 'vitest'
import { closeDatabase, db } from '#lib/db/client.ts'
import { updateConversation } from '#lib/db/conversations.ts'
import type { ScriptedProvider } from '../../e2e/provider/scripted-provider.ts'
import { createPerson } from '../../scripts/test/create-person.ts'
import { createTurn } from '../../scripts/test/create-turn.ts'
import { emptyDatabase } from '../../scripts/test/empty-database.ts'
import { useScriptedProvider } from '../../scripts/test/use-scripted-provider.ts'
import { startJobs, stopJobs } from './jobs.ts'
import { recoverTitles, requestTitle, titleQueue } from './title-conversation.ts'

let provider: ScriptedProvider
let person: string

beforeAll(async () => {
  provider = await useScriptedProvider({
    MODEL_PRICES: '{"scripted-utility": {"input": 0.1, "output": 0.4}}',
  })
  await startJobs([titleQueue])
})
beforeEach(async () => {
  await emptyDatabase()
  person = await createPerson()
})
afterAll(async () => {
  await stopJobs()
  await provider.stop()
  await closeDatabase()
})

async function conversationWith(text: string): Promise<string> {
  return (await createTurn(person, { text })).conversationId
}

function titleOf(id: string) {
  return async () => {
    const { title, titleSource } = await db().conversation.findUniqueOrThrow({ where: { id } })
    return { title, titleSource }
  }
}

const soon = { timeout: 10_000 }

test('a title comes from the utility model, which gets the message and the title prompt', async () => {
  const id = await conversationWith('How do I learn to wait?')
  requestTitle(id)
  await expect.poll(titleOf(id), soon).toMatchObject({ titleSource: 'generated' })

  const request = provider.requests.findLast(({ kind }) => kind === 'title')
  expect(request?.body.model).toBe('scripted-utility')
  expect(request?.message).toContain('How do I learn to wait?')
  expect((await titleOf(id)()).title).not.toBe('What is courage?')
  const event = await db().usageEvent.findFirstOrThrow({ where: { kind: 'title' } })
  expect(event).toMatchObject({
    ...{
      userId: person,
      conversationId: id,
      generationId: null,
      model: 'scripted-utility',
      persona: 'stoic',
    },
    ...{ outcome: 'complete', held: 0n, latencyMs: expect.any(Number) },
  })
  expect(event.cost).toBe(BigInt((event.inputTokens ?? 0) * 10 + (event.outputTokens ?? 0) * 40))
})

test('what models put around a title is cleaned away', async () => {
  const id = await conversationWith('How do I learn patience? [title:dressed]')
  requestTitle(id)
  await expect.poll(titleOf(id), soon).toMatchObject({ titleSource: 'generated' })
  expect((await titleOf(id)()).title).toMatch(/^[^<"\n]+[^."\n]$/)
})

test.each(['empty', 'fail'])(
  'a model that is twice of no use (%s) leaves the first words',
  async (behaviour) => {
    const id = await conversationWith(`How do I learn patience? [title:${behaviour}]`)
    requestTitle(id)
    await expect.poll(titleOf(id), soon).toMatchObject({
      title: expect.stringMatching(/^How do I learn patience/),
      titleSource: 'placeholder',
    })
    const calls = provider.requests.filter(
      ({ kind, message }) => kind === 'title' && message.includes(`[title:${behaviour}]`),
    )
    expect(calls).toHaveLength(2)
    const outcome = behaviour === 'fail' ? 'provider_unavailable' : 'complete'
    expect(await db().usageEvent.findMany({ where: { kind: 'title' } })).toMatchObject([
      { outcome, held: 0n },
      { outcome, held: 0n },
    ])
  },
)

test('a model that found none is asked again, but not for ever', async () => {
  const id = await conversationWith('How do I begin anew? [title:empty]')
  const calls = () => db().usageEvent.count({ where: { conversationId: id, outcome: { not: 'running' } } })
  // What is asked for while a job is under way is dropped.
  const askAgain = () => {
    requestTitle(id)
    return calls()
  }
  await expect.poll(askAgain, soon).toBe(4)
  await expect.poll(askAgain, soon).toBe(6)
  const other = await conversationWith('Is it over?')
  await expect.poll(askAgain, soon).toBe(6)
  requestTitle(other)
  await expect.poll(titleOf(other), soon).toMatchObject({ titleSource: 'generated' })
  expect(await calls()).toBe(6)
})

test('a person’s rename is kept, also when the title comes later', async () => {
  const id = await conversationWith('How do I keep a name? [title:gated gate=rename]')
  requestTitle(id)
  await expect
    .poll(() => provider.requests.some(({ message }) => message.includes('gate=rename')), soon)
    .toBe(true)
  await updateConversation(person, id, { title: 'My own' })
  provider.stage.openGate('rename')

  await expect
    .poll(() => provider.requests.find(({ message }) => message.includes('gate=rename'))?.closed?.by, soon)
    .toBe('provider')
  expect(await titleOf(id)()).toEqual({ title: 'My own', titleSource: 'person' })
})

test('titles that were never asked for are asked for when a server starts', async () => {
  const id = await conversationWith('Was I forgotten?')
  await recoverTitles()
  await expect.poll(titleOf(id), soon).toMatchObject({ titleSource: 'generated' })
})
