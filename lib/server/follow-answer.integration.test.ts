import { afterAll, beforeEach, expect, test } from 'vitest'
import { closeDatabase, db } from '#lib/db/client.ts'
import { finishGeneration, readTurn, writeProgress } from '#lib/db/generations.ts'
import { unknownUsage } from '#lib/providers/answer-events.ts'
import { createPerson } from '../../scripts/test/create-person.ts'
import { createTurn } from '../../scripts/test/create-turn.ts'
import { emptyDatabase } from '../../scripts/test/empty-database.ts'
import { sweepGenerations } from './sweep-generations.ts'
import { turnResponse } from './turn-response.ts'

beforeEach(emptyDatabase)
afterAll(closeDatabase)

/** An answer that another instance writes: all that is known of it here is in the database. */
async function turnOfAnotherInstance() {
  const person = await createPerson()
  const { generation, conversationId } = await createTurn(person)
  let sequence = 0
  return {
    person,
    conversationId,
    write: (text: string) =>
      writeProgress([generation.id], [{ generationId: generation.id, sequence: sequence++, text }]),
    finish: (text: string) =>
      finishGeneration({
        ...{ generationId: generation.id, status: 'complete', errorCode: null, text, tokens: 1 },
        ...{
          ...unknownUsage,
          retryAfterSeconds: null,
          model: null,
          ledger: null,
          timeToFirstTokenMs: null,
          latencyMs: null,
          ...{ calls: [], cost: null, usage: [] },
        },
      }),
    open: async (offset = 0) => {
      const turn = await readTurn(person, generation.id)
      if (!turn) throw new Error('no such turn')
      return collect(turnResponse(turn, offset))
    },
    generationId: generation.id,
  }
}

/** Reads a stream in the background; `frames` is what came so far. */
function collect(response: Response) {
  const frames: { type: string; delta?: string; data?: unknown; messageMetadata?: unknown }[] = []
  const done = (async () => {
    const text = response.body?.pipeThrough(new TextDecoderStream())
    for await (const piece of text ?? []) {
      for (const [, json] of piece.matchAll(/^data: (\{.*\})$/gm)) frames.push(JSON.parse(json ?? ''))
    }
  })()
  return { frames, done, text: () => frames.map(({ delta }) => delta ?? '').join('') }
}

test('it is replayed from the log, followed, and ended, with nothing lost or repeated', async () => {
  const other = await turnOfAnotherInstance()
  await other.write('One')
  const reader = await other.open()
  await expect.poll(reader.text).toBe('One')
  await other.write(' two')
  await expect.poll(reader.text).toBe('One two')
  await other.finish('One two three')
  await reader.done

  expect(reader.text()).toBe('One two three')
  expect(reader.frames.map(({ type }) => type)).toEqual([
    'start',
    'text-start',
    'text-delta',
    'text-delta',
    'text-delta',
    'text-end',
    'data-generation',
    'finish',
  ])
  expect(reader.frames.at(-2)?.data).toMatchObject({ status: 'complete' })
})

test('a reader takes up where it left off', async () => {
  const other = await turnOfAnotherInstance()
  await other.write('One two')
  const reader = await other.open(4)
  await other.finish('One two')
  await reader.done

  expect(reader.text()).toBe('two')
})

test('when its server died it ends as interrupted, with the text it had', async () => {
  const other = await turnOfAnotherInstance()
  await other.write('One')
  const reader = await other.open()

  for (const now of [0, 2_000, 4_000]) expect(await sweepGenerations(6_000, now)).toBe(0)
  expect(await sweepGenerations(6_000, 6_000)).toBe(1)
  await reader.done

  expect(reader.text()).toBe('One')
  expect(reader.frames.at(-2)?.data).toMatchObject({ status: 'interrupted', errorCode: 'interrupted' })
  expect(await sweepGenerations(6_000, 20_000)).toBe(0)
})

test('a heartbeat that moved is left alone, however old it is', async () => {
  const other = await turnOfAnotherInstance()
  const beat = (ageMs: number) =>
    db().generation.updateMany({ data: { heartbeatAt: new Date(Date.now() - ageMs) } })
  await beat(60_000)
  for (const now of [0, 2_000, 4_000]) expect(await sweepGenerations(6_000, now)).toBe(0)
  await beat(59_000)
  expect(await sweepGenerations(6_000, 6_000)).toBe(0)
  await other.finish('One')
})

test('after a pause in looking, as while the database is away, nobody is taken for dead at once', async () => {
  const other = await turnOfAnotherInstance()
  for (const now of [0, 2_000]) expect(await sweepGenerations(6_000, now)).toBe(0)
  for (const now of [20_000, 22_000, 24_000]) expect(await sweepGenerations(6_000, now)).toBe(0)
  expect(await sweepGenerations(6_000, 26_000)).toBe(1)
  await other.finish('One')
})
