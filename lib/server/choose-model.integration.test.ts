import { v7 as uuidv7 } from 'uuid'
import { afterAll, afterEach, beforeAll, beforeEach, expect, test } from 'vitest'
import type { SendMessage } from '#lib/chat/chat-request.ts'
import { closeDatabase } from '#lib/db/client.ts'
import { findConversation } from '#lib/db/conversations.ts'
import type { ScriptedProvider } from '../../e2e/provider/scripted-provider.ts'
import { allEnded } from '../../scripts/test/all-ended.ts'
import { createPerson } from '../../scripts/test/create-person.ts'
import { emptyDatabase } from '../../scripts/test/empty-database.ts'
import { useScriptedProvider } from '../../scripts/test/use-scripted-provider.ts'
import { changeConversation } from './change-conversation.ts'
import { startTurn } from './start-turn.ts'

const shared = globalThis as typeof globalThis & { stoaModels?: unknown }

let provider: ScriptedProvider
let person: string

beforeAll(async () => {
  provider = await useScriptedProvider()
})
beforeEach(async () => {
  await emptyDatabase()
  person = await createPerson()
  restart()
})
afterEach(async () => {
  await allEnded()
  provider.stage.modelList.ready = Promise.resolve()
  provider.stage.modelList.names = ['scripted-main', 'scripted-other']
})
afterAll(async () => {
  await provider.stop()
  await closeDatabase()
})

/** The server knows its models anew, as after a start. */
function restart(): void {
  shared.stoaModels = undefined
}

function message(change: Partial<SendMessage> = {}): SendMessage {
  return { conversationId: uuidv7(), parentId: null, message: { id: uuidv7(), text: 'Hello' }, ...change }
}

/** A turn, and the model that answered it. */
async function ask(change: Partial<SendMessage> = {}) {
  const { conversationId, answerId, generation } = await startTurn(person, message(change))
  await allEnded()
  return { conversationId, parentId: answerId, model: generation.model }
}

async function keptModel(conversationId: string) {
  return (await findConversation(person, conversationId))?.model
}

test('a model that is chosen stays with its conversation, until another one is', async () => {
  const { model, ...first } = await ask({ model: 'openai:scripted-other' })
  expect([model, await keptModel(first.conversationId)]).toEqual(['scripted-other', 'openai:scripted-other'])

  const { model: again, ...second } = await ask(first)
  expect(again).toBe('scripted-other')
  const { model: usual } = await ask({ ...second, model: null })
  expect([usual, await keptModel(first.conversationId)]).toEqual(['scripted-main', null])
})

test('a model is chosen without asking it, and has to be on offer', async () => {
  const { conversationId } = await ask()
  expect(await changeConversation(person, conversationId, { model: 'openai:scripted-other' })).toMatchObject({
    model: 'openai:scripted-other',
  })
  for (const model of [
    'openai:another',
    'openai:text-embedding-scripted',
    'scripted-other',
    'anthropic:any',
  ]) {
    const refused = { code: 'unknown_model', field: 'model' }
    await expect(changeConversation(person, conversationId, { model }), model).rejects.toMatchObject(refused)
    await expect(ask({ model }), model).rejects.toMatchObject(refused)
  }
  expect(await keptModel(conversationId)).toBe('openai:scripted-other')
  expect(await changeConversation(person, conversationId, { model: null })).toMatchObject({ model: null })
})

test('a conversation whose model is offered no longer is answered by the usual one, and keeps its choice', async () => {
  provider.stage.modelList.names = ['scripted-main', 'gone']
  const { model, ...first } = await ask({ model: 'openai:gone' })
  expect(model).toBe('gone')
  provider.stage.modelList.names = ['scripted-main']
  restart()
  const { model: second, ...next } = await ask(first)
  const { model: third } = await ask({ ...next, model: 'openai:gone' })
  expect([second, third]).toEqual(['scripted-main', 'scripted-main'])
  expect(await keptModel(first.conversationId)).toBe('openai:gone')
})

test('after a start, a model that only the provider’s list names is waited for', async () => {
  const { promise, resolve } = Promise.withResolvers<void>()
  provider.stage.modelList.ready = promise
  const asked = ask({ model: 'openai:scripted-other' })
  await expect.poll(() => provider.stage.modelList.asked).toBeGreaterThan(0)
  resolve()
  expect((await asked).model).toBe('scripted-other')
})

test('while the provider cannot tell its models, a conversation keeps the one it has', async () => {
  const first = await ask({ model: 'openai:scripted-other' })
  provider.stage.modelList.names = null
  restart()
  const { model, conversationId, parentId } = await ask({ ...first, model: undefined })
  expect(model).toBe('scripted-other')
  await expect(ask({ conversationId, parentId, model: 'openai:never-offered' })).rejects.toMatchObject({
    code: 'unknown_model',
  })
})
