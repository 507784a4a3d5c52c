import { v7 as uuidv7 } from 'uuid'
import { afterAll, beforeAll, beforeEach, expect, test } from 'vitest'
import { closeDatabase, db } from '#lib/db/client.ts'
import { findUserById } from '#lib/db/users.ts'
import type { ScriptedProvider } from '../../e2e/provider/scripted-provider.ts'
import { createPerson } from '../../scripts/test/create-person.ts'
import { createTurn } from '../../scripts/test/create-turn.ts'
import { emptyDatabase } from '../../scripts/test/empty-database.ts'
import { useScriptedProvider } from '../../scripts/test/use-scripted-provider.ts'
import { deleteAccount } from './delete-account.ts'
import { runningGenerations } from './running-generations.ts'
import { startTurn } from './start-turn.ts'

let provider: ScriptedProvider
let person: string

beforeAll(async () => {
  provider = await useScriptedProvider()
})
beforeEach(async () => {
  await emptyDatabase()
  person = await createPerson()
})
afterAll(async () => {
  await provider.stop()
  await closeDatabase()
})

function ask(userId: string) {
  const message = { id: uuidv7(), text: '[scenario:slow tokens=2000 delay=5]' }
  return startTurn(userId, { conversationId: uuidv7(), parentId: null, message })
}

test("an answer that runs here is stopped first; somebody else's goes on", async () => {
  const other = await createPerson()
  await ask(person)
  await ask(other)
  const [own, others] = [...runningGenerations().values()]
  await expect.poll(() => own?.answer.text).not.toBe('')
  await deleteAccount(person, null)
  await own?.done
  expect([...runningGenerations().values()]).toEqual([others])
  expect(await findUserById(person)).toBeNull()
  expect(await db().generation.findMany({ select: { id: true } })).toEqual([{ id: others?.id }])
  others?.abort('stopped')
  await others?.done
})

test('an answer that another instance writes is asked to stop, and keeps nobody from going', async () => {
  await createTurn(person)
  await deleteAccount(person, null)
  expect(await findUserById(person)).toBeNull()
  expect(await db().generation.count()).toBe(0)
})
