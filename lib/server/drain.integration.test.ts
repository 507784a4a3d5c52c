import { v7 as uuidv7 } from 'uuid'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { closeDatabase } from '#lib/db/client.ts'
import { readTurn } from '#lib/db/generations.ts'
import type { ScriptedProvider } from '../../e2e/provider/scripted-provider.ts'
import { createPerson } from '../../scripts/test/create-person.ts'
import { useScriptedProvider } from '../../scripts/test/use-scripted-provider.ts'
import { drain } from './drain.ts'
import { runningGenerations } from './running-generations.ts'
import { startTurn } from './start-turn.ts'

let provider: ScriptedProvider

beforeAll(async () => {
  provider = await useScriptedProvider()
})
afterAll(async () => {
  await provider.stop()
  await closeDatabase()
})

function message(text: string) {
  return { conversationId: uuidv7(), parentId: null, message: { id: uuidv7(), text } }
}

test('answers that can end do, the others are kept as interrupted, and no new turn begins', async () => {
  const person = await createPerson()
  const quick = await startTurn(person, message('[scenario:slow tokens=5 delay=20]'))
  const endless = await startTurn(person, message('[scenario:gated before=3 gate=never]'))
  const running = runningGenerations().get(endless.generation.id)
  await expect.poll(() => running?.answer.text).not.toBe('')

  const draining = drain(1_000)
  await expect(startTurn(person, message('too late'))).rejects.toMatchObject({
    code: 'shutting_down',
    status: 503,
  })
  await Promise.all([draining, drain(0)])

  expect(await readTurn(person, quick.generation.id)).toMatchObject({ generation: { status: 'complete' } })
  expect(await readTurn(person, endless.generation.id)).toMatchObject({
    text: running?.answer.text,
    generation: { status: 'interrupted', errorCode: 'interrupted' },
  })
})
