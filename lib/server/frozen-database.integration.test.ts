import { v7 as uuidv7 } from 'uuid'
import { afterAll, beforeAll, expect, test, vi } from 'vitest'
import { closeDatabase } from '#lib/db/client.ts'
import { isDatabaseUnavailable } from '#lib/db/database-errors.ts'
import { readTurn } from '#lib/db/generations.ts'
import { readHeartbeats } from '#lib/db/silent-generations.ts'
import { log } from '#lib/log.ts'
import { promptLibrary } from '#lib/prompts/library.ts'
import type { FaultyPostgres } from '../../e2e/faults/support/faulty-postgres.ts'
import type { ScriptedProvider } from '../../e2e/provider/scripted-provider.ts'
import { createPerson } from '../../scripts/test/create-person.ts'
import { useFaultyPostgres } from '../../scripts/test/use-faulty-postgres.ts'
import { useScriptedProvider } from '../../scripts/test/use-scripted-provider.ts'
import { startTurn } from './start-turn.ts'
import { sweepGenerations } from './sweep-generations.ts'
import { readTokenRatios } from './token-ratios.ts'

let provider: ScriptedProvider
let postgres: FaultyPostgres
let person: string

beforeAll(async () => {
  postgres = await useFaultyPostgres()
  provider = await useScriptedProvider()
  person = await createPerson()
  // What else a turn reads, on a connection of its own: it would not be among the processes that are aimed at.
  await readTokenRatios()
})
afterAll(async () => {
  await closeDatabase()
  await provider.stop()
  await postgres.dispose()
})

const word = () => `frozen-${uuidv7()}`

function turnWith(text: string) {
  return { conversationId: uuidv7(), parentId: null, message: { id: uuidv7(), text } }
}

function callsWith(text: string) {
  return provider.requests.filter(({ message }) => message.includes(text))
}

/** Sends, and freezes the database when all is checked and the turn is about to be stored: the statement is on its way. */
async function sendIntoFrost(request: ReturnType<typeof turnWith>) {
  const freeze = await postgres.aim()
  const library = promptLibrary()
  const { composePersona } = library
  let frozenAt = 0
  vi.spyOn(library, 'composePersona').mockImplementationOnce((...chosen) => {
    freeze()
    frozenAt = performance.now()
    return composePersona(...chosen)
  })
  const refusal = await startTurn(person, request).catch((error: unknown) => error)
  return { refusal, tookMs: performance.now() - frozenAt }
}

test('a turn that is stored after all, when the person was told otherwise, goes on and is found by the same request', async () => {
  const text = word()
  const request = turnWith(text)
  const { refusal, tookMs } = await sendIntoFrost(request)
  expect(isDatabaseUnavailable(refusal)).toBe(true)
  expect(tookMs).toBeLessThan(2_000)
  expect(callsWith(text)).toEqual([])

  postgres.thaw()
  await expect.poll(() => callsWith(text).length).toBe(1)
  const again = await startTurn(person, request)
  await expect
    .poll(async () => (await readTurn(person, again.generation.id))?.generation.status)
    .toBe('complete')
  expect(callsWith(text)).toHaveLength(1)
})

test('a turn that is stored when its server has given it up is ended by the sweeper, unasked', async () => {
  const text = word()
  const request = turnWith(text)
  const warnings = vi.spyOn(log(), 'warn')
  await sendIntoFrost(request)
  // The server itself waits for its statement, longer than the person.
  await expect
    .poll(() => warnings.mock.calls.map(([, message]) => message), { timeout: 15_000 })
    .toContain('what nobody waited for any longer has failed')
  postgres.thaw()
  // PostgreSQL finds the statement when it wakes, and carries it out.
  await expect.poll(async () => (await readHeartbeats()).length).toBe(1)
  for (const now of [0, 2_000, 4_000, 6_000]) await sweepGenerations(6_000, now)

  expect(await startTurn(person, request)).toMatchObject({
    ...{ conversationId: request.conversationId, userMessageId: request.message.id, text: '' },
    generation: { status: 'failed', errorCode: 'interrupted' },
  })
  expect(callsWith(text)).toEqual([])
}, 40_000)
