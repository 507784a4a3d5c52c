import { v7 as uuidv7 } from 'uuid'
import { afterAll, beforeAll, beforeEach, expect, test } from 'vitest'
import { renderFolder, renderInstructions, renderSystemMessage } from '#lib/chat/render-context.ts'
import { closeDatabase, db } from '#lib/db/client.ts'
import { findConversation, updateConversation } from '#lib/db/conversations.ts'
import { insertFolder } from '#lib/db/folders.ts'
import { promptLibrary } from '#lib/prompts/library.ts'
import type { ScriptedProvider } from '../../e2e/provider/scripted-provider.ts'
import { allEnded } from '../../scripts/test/all-ended.ts'
import { createPerson } from '../../scripts/test/create-person.ts'
import { emptyDatabase } from '../../scripts/test/empty-database.ts'
import { readLedger } from '../../scripts/test/read-ledger.ts'
import { useScriptedProvider } from '../../scripts/test/use-scripted-provider.ts'
import { continueAnswer } from './continue-answer.ts'
import { startTurn } from './start-turn.ts'
import { readTokenRatios, tokenRatioOf, tokenRatiosStored } from './token-ratios.ts'

let provider: ScriptedProvider

beforeAll(async () => {
  provider = await useScriptedProvider()
})
beforeEach(emptyDatabase)
afterAll(async () => {
  await provider.stop()
  await closeDatabase()
})

const told = { aboutYou: 'I am Zeno of Citium.', howToAnswer: 'Briefly.' }

async function ask(
  person: string,
  text: string,
  change: { conversationId?: string; parentId?: string; folderId?: string } = {},
) {
  const request = { conversationId: uuidv7(), parentId: null, message: { id: uuidv7(), text }, ...change }
  const turn = await startTurn(person, request)
  await allEnded()
  return { ...turn, ledger: await readLedger(turn.generation.id), request }
}

function sent(text: string) {
  const request = provider.requests.find(({ kind, message }) => kind === 'answer' && message.includes(text))
  return request?.body.messages.map(({ role, content }) => ({ role, content })) ?? []
}

async function textOf(hash: string | undefined) {
  return db().promptText.findUnique({ where: { hash: hash ?? '' } })
}

test('what a person told of themselves follows the prompt in one system message', async () => {
  await ask(await createPerson(told), 'What is virtue?')

  const instructions = renderInstructions(told)
  const prompt = promptLibrary().composePersona('stoic', null).text
  expect(sent('What is virtue?')).toEqual([
    { role: 'system', content: renderSystemMessage({ prompt, instructions, folder: null, summary: null }) },
    { role: 'user', content: 'What is virtue?' },
  ])
})

test('what was written for a folder is told in every answer in it, from the next one on where it is moved', async () => {
  const person = await createPerson(told)
  const [work, play] = await Promise.all(
    ['In Italian.', 'In rhyme.'].map((instructions) =>
      insertFolder(person, { name: 'Folder', persona: 'tutor', instructions }),
    ),
  )
  if (!work || !play) throw new Error('There are two.')
  const prompt = (persona: string) => promptLibrary().composePersona(persona, null).text
  const systemOf = (persona: string, folder: string | null) =>
    renderSystemMessage({
      ...{ prompt: prompt(persona), instructions: renderInstructions(told), summary: null },
      folder: folder === null ? null : renderFolder(folder),
    })

  const first = await ask(person, 'Begun in it', { folderId: work.id })
  expect(sent('Begun in it')[0]?.content).toBe(systemOf('tutor', 'In Italian.'))
  expect(await findConversation(person, first.conversationId)).toMatchObject({
    ...{ folderId: work.id, persona: 'tutor' },
  })
  expect(await textOf(first.ledger.folder?.hash)).toMatchObject({
    ...{ userId: person, text: renderFolder('In Italian.') },
  })

  const { conversationId, answerId } = first
  await updateConversation(person, conversationId, { folderId: play.id })
  await ask(person, 'Moved', { conversationId, parentId: answerId, folderId: work.id })
  expect(sent('Moved')[0]?.content).toBe(systemOf('tutor', 'In rhyme.'))
})

test('a folder that is gone, or another’s, is none: what was written is not lost by it', async () => {
  const person = await createPerson()
  const theirs = await insertFolder(await createPerson(), {
    ...{ name: 'Theirs', persona: 'tutor', instructions: 'In Italian.' },
  })
  for (const folderId of [uuidv7(), theirs?.id ?? '']) {
    const { conversationId, ledger } = await ask(person, 'Into nowhere', { folderId })
    expect(ledger.folder).toBeUndefined()
    expect(await findConversation(person, conversationId)).toMatchObject({ folderId: null, persona: 'stoic' })
  }
})

test('a new message brings an archived conversation back to the list', async () => {
  const person = await createPerson()
  const { conversationId, answerId } = await ask(person, 'Put away')
  await updateConversation(person, conversationId, { archived: true })
  await ask(person, 'And taken up', { conversationId, parentId: answerId })
  expect(await findConversation(person, conversationId)).toMatchObject({ archived: false })
})

test('what a request was composed of is kept, the person’s own with their account', async () => {
  const person = await createPerson(told)
  const { ledger } = await ask(person, 'Keep this')

  for (const fragment of promptLibrary().composePersona('stoic', null).fragments) {
    expect(await textOf(fragment.hash)).toMatchObject({ userId: null, text: fragment.text })
  }
  expect(ledger.prompt.fragments.length).toBeGreaterThan(3)
  expect(await textOf(ledger.instructions?.hash)).toMatchObject({
    userId: person,
    text: renderInstructions(told),
  })

  // The same words of another person are another text; and what is kept once is not written again.
  const other = await ask(await createPerson(told), 'Keep this, too')
  expect(other.ledger.instructions?.hash).not.toBe(ledger.instructions?.hash)
  const kept = await db().promptText.count()
  await ask(person, 'And this')
  expect(await db().promptText.count()).toBe(kept)

  await db().user.delete({ where: { id: person } })
  expect(await textOf(ledger.instructions?.hash)).toBeNull()
  expect(await db().promptText.count()).toBe(kept - 1)
})

test('what a model is told in order to go on quotes the answer: it goes with the account, too', async () => {
  const person = await createPerson()
  const { conversationId, answerId } = await ask(person, 'Go on [scenario:length tokens=5]')
  const again = await continueAnswer(person, { conversationId, answerId, generationId: uuidv7() })
  await allEnded()

  const { continuation } = await readLedger(again.generation.id)
  expect(await textOf(continuation?.hash)).toMatchObject({ userId: person, text: expect.any(String) })
})

test('after a clear only what follows is sent, and an answer before it can still be gone on with', async () => {
  const person = await createPerson()
  const first = await ask(person, 'Before [scenario:length tokens=5]')
  await db().message.update({ where: { id: first.answerId }, data: { clearedAt: new Date() } })
  const { conversationId, answerId } = first
  const { ledger } = await ask(person, 'After', { conversationId, parentId: answerId })

  expect(sent('After').map(({ role }) => role)).toEqual(['system', 'user'])
  expect(ledger).toMatchObject({ clearedThroughId: answerId, leftOut: [], overBudget: null })
})

test('a model’s reports correct the counts of the next request', async () => {
  const person = await createPerson(told)
  const { provider: name, model } = (await ask(person, 'Count this')).generation
  await tokenRatiosStored()

  const [row] = await db().tokenRatio.findMany()
  const { id, inputTokens } = await db().generation.findFirstOrThrow({ where: { model } })
  const { totalTokens, tokenRatio } = await readLedger(id)
  expect(row).toMatchObject({ provider: name, model, counted: totalTokens, reported: inputTokens })
  // Assumed, until then: the name is of no known tokenizer.
  expect(tokenRatio).toBe(1.25)
  const learned = tokenRatioOf({ provider: name, model })
  expect(learned).toBeCloseTo((1_250 + (inputTokens ?? 0)) / (1_000 + totalTokens), 1)

  const next = await ask(person, 'Count that')
  expect(next.ledger.tokenRatio).toBe(learned)
  await tokenRatiosStored()
  const [faded] = await db().tokenRatio.findMany()
  expect(faded?.counted).toBeCloseTo(0.9 * totalTokens + next.ledger.totalTokens)
})

test('what other instances learned is read from the database', async () => {
  const label = { provider: 'openai', model: 'elsewhere' }
  await db().tokenRatio.create({ data: { ...label, counted: 50_000, reported: 100_000 } })
  await readTokenRatios()
  expect(tokenRatioOf(label)).toBe(2)
})
