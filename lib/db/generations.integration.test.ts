import { v7 as uuidv7 } from 'uuid'
import { afterAll, beforeEach, describe, expect, test } from 'vitest'
import { createPerson } from '../../scripts/test/create-person.ts'
import { createTurn, newTurn } from '../../scripts/test/create-turn.ts'
import { emptyDatabase } from '../../scripts/test/empty-database.ts'
import { holdTable } from '../../scripts/test/hold-table.ts'
import { closeDatabase, db } from './client.ts'
import {
  findRunningGeneration,
  finishGeneration,
  type GenerationEnd,
  readProgress,
  readTurn,
  requestStop,
  writeProgress,
} from './generations.ts'
import { readBranch } from './messages.ts'
import { readHeartbeats, readSilentGeneration } from './silent-generations.ts'
import { insertContinuation, insertTurn, type NewTurn } from './turns.ts'

beforeEach(emptyDatabase)
afterAll(closeDatabase)

function endOf(generationId: string, change: Partial<GenerationEnd> = {}): GenerationEnd {
  return {
    generationId,
    status: 'complete',
    errorCode: null,
    retryAfterSeconds: null,
    model: null,
    ledger: null,
    text: 'Courage is knowing what to fear.',
    tokens: 7,
    inputTokens: 12,
    outputTokens: null,
    cachedInputTokens: null,
    reasoningTokens: null,
    timeToFirstTokenMs: 80,
    latencyMs: 900,
    ...{ calls: [], cost: null, usage: [] },
    ...change,
  }
}

test('chunks are kept in order and read back as the text so far', async () => {
  const person = await createPerson()
  const { generation, conversationId } = await createTurn(person)

  await writeProgress([generation.id], [{ generationId: generation.id, sequence: 0, text: 'Courage ' }])
  await writeProgress([generation.id], [{ generationId: generation.id, sequence: 1, text: 'is' }])

  expect(await readTurn(person, generation.id)).toMatchObject({
    conversationId,
    text: 'Courage is',
    sequence: 1,
  })
  expect(await readProgress(generation.id, 0)).toMatchObject({
    chunks: [{ sequence: 1, text: 'is' }],
    finalText: null,
  })
})

test('a chunk that is written twice is kept once', async () => {
  const person = await createPerson()
  const { generation } = await createTurn(person)
  const chunk = { generationId: generation.id, sequence: 0, text: 'Courage' }

  await writeProgress([generation.id], [chunk])
  await writeProgress([generation.id], [chunk])

  expect((await readTurn(person, generation.id))?.text).toBe('Courage')
})

test('the end folds the text into the message and drops the log; a second end changes nothing', async () => {
  const person = await createPerson()
  const { generation, answer } = await createTurn(person)
  await writeProgress([generation.id], [{ generationId: generation.id, sequence: 0, text: 'Courage' }])

  expect(await finishGeneration(endOf(generation.id))).toMatchObject({
    status: 'complete',
    inputTokens: 12,
    outputTokens: null,
  })
  expect(await finishGeneration(endOf(generation.id, { status: 'failed', text: '' }))).toBeNull()

  expect(await db().message.findUnique({ where: { id: answer.id } })).toMatchObject({
    text: 'Courage is knowing what to fear.',
    tokens: 7,
  })
  expect(await db().generationChunk.count()).toBe(0)
  expect(await findRunningGeneration(person, generation.id)).toBeNull()
})

test('a heartbeat of this very moment does not keep the end from being stored', async () => {
  const person = await createPerson()
  const { generation } = await createTurn(person)
  const aMomentAhead = new Date(Date.now() + 1_000)
  await db().generation.update({ where: { id: generation.id }, data: { heartbeatAt: aMomentAhead } })

  expect(await finishGeneration(endOf(generation.id))).toMatchObject({ status: 'complete' })
})

test('what ended writes no further chunk, and its writer is told', async () => {
  const person = await createPerson()
  const { generation } = await createTurn(person)
  await finishGeneration(endOf(generation.id))

  const states = await writeProgress(
    [generation.id],
    [{ generationId: generation.id, sequence: 5, text: 'late' }],
  )

  expect(states.has(generation.id)).toBe(false)
  expect(await db().generationChunk.count()).toBe(0)
})

test('a stop is seen with the next progress, and only its owner can ask for it', async () => {
  const person = await createPerson()
  const { generation, conversationId } = await createTurn(person)

  expect(await requestStop(await createPerson(), conversationId)).toBe(false)
  expect((await writeProgress([generation.id], [])).get(generation.id)).toEqual({ stopRequested: false })
  expect(await requestStop(person, conversationId)).toBe(true)
  expect((await writeProgress([generation.id], [])).get(generation.id)).toEqual({ stopRequested: true })
})

test('the sweeper ends only what has shown no further sign of life', async () => {
  const person = await createPerson()
  const { generation } = await createTurn(person)
  await writeProgress([generation.id], [{ generationId: generation.id, sequence: 0, text: 'Cour' }])
  const [seen] = await readHeartbeats()
  expect(seen?.id).toBe(generation.id)
  expect(await readSilentGeneration(generation.id)).toMatchObject({ text: 'Cour' })

  const alive = new Date((seen?.heartbeatAt.getTime() ?? 0) + 250)
  await db().generation.update({ where: { id: generation.id }, data: { heartbeatAt: alive } })
  const end = endOf(generation.id, { status: 'interrupted', errorCode: 'interrupted', text: 'Cour' })
  expect(await finishGeneration(end, seen?.heartbeatAt)).toBeNull()
  expect(await finishGeneration(end, alive)).toMatchObject({ status: 'interrupted' })
})

test('whoever wrote an answer replaces what a sweeper stored in its place, and nobody else does', async () => {
  const person = await createPerson()
  const { generation, answer } = await createTurn(person)
  const [seen] = await readHeartbeats()
  const swept = endOf(generation.id, { status: 'interrupted', errorCode: 'interrupted', text: 'Cour' })
  await finishGeneration(swept, seen?.heartbeatAt)

  expect(await finishGeneration(swept, seen?.heartbeatAt)).toBeNull()
  expect(await finishGeneration(endOf(generation.id))).toMatchObject({ status: 'complete' })
  expect(await db().message.findUnique({ where: { id: answer.id } })).toMatchObject({
    text: 'Courage is knowing what to fear.',
  })
})

test('an end and a new turn in one conversation do not lock each other out', async () => {
  const person = await createPerson()
  const { conversationId, generation, answer } = await createTurn(person)
  const next = newTurn(person, {
    conversationId,
    newConversation: null,
    userMessage: { id: uuidv7(), parentId: answer.id, text: 'And fear?', tokens: 3 },
  })
  // The end has begun and holds the conversation; the turn has to wait for it, not for the generation.
  const [ended, conflict] = await Promise.all([finishGeneration(endOf(generation.id)), insertTurn(next)])

  expect(ended?.status).toBe('complete')
  expect([null, 'generation_running']).toContain(conflict)
})

test('what a continued answer took is what all of its runs took, unless one is unknown', async () => {
  const person = await createPerson()
  const { generation, answer, conversationId } = await createTurn(person)
  const figures = { inputTokens: 12, outputTokens: 5, latencyMs: 900 }
  await finishGeneration(endOf(generation.id, { status: 'truncated', ...figures }))
  async function goOn(change: Partial<GenerationEnd>) {
    const next = { ...generation, id: uuidv7() }
    const turn = {
      ...{ userId: person, conversationId, answerId: answer.id, deletions: 0 },
      ...{ generation: next, limits: { monthlyBudget: null, turnsPerMinute: 1_000 } },
    }
    expect(await insertContinuation(turn)).toBeNull()
    const told = await finishGeneration(endOf(next.id, change))
    const [, read] = await readBranch(conversationId, answer.id)
    expect(read).toMatchObject({ generation: told })
    expect((await readTurn(person, next.id))?.generation).toEqual(told)
    return told
  }

  const second = { status: 'truncated', inputTokens: 20, outputTokens: 7, latencyMs: 100 } as const
  expect(await goOn(second)).toMatchObject({ inputTokens: 32, outputTokens: 12, latencyMs: 1000 })
  expect(await goOn({ ...figures, status: 'stopped', outputTokens: null })).toMatchObject({
    ...{ inputTokens: 44, outputTokens: null, latencyMs: 1900 },
  })
  expect(await goOn(figures)).toMatchObject({ inputTokens: 56, outputTokens: null, latencyMs: 2800 })
})

test('an answer that a sweeper ends took until its last sign of life, without the outage', async () => {
  const person = await createPerson()
  const { generation } = await createTurn(person)
  const startedAt = new Date(Date.now() - 3_600_000)
  const heartbeatAt = new Date(startedAt.getTime() + 4_000)
  await db().generation.update({ where: { id: generation.id }, data: { startedAt, heartbeatAt } })

  const end = { status: 'interrupted', errorCode: 'interrupted', latencyMs: null } as const
  expect(await finishGeneration(endOf(generation.id, end), heartbeatAt)).toMatchObject({ latencyMs: 4_000 })
})

test('how long the provider asks to wait is told by the database’s clock, as long as it is not over', async () => {
  const person = await createPerson()
  const { generation } = await createTurn(person)
  const limited = { status: 'failed', errorCode: 'rate_limited', text: '', retryAfterSeconds: 60 } as const
  const told = await finishGeneration(endOf(generation.id, limited))
  expect(told?.retryInSeconds).toBeGreaterThan(50)
  expect(told?.retryInSeconds).toBeLessThanOrEqual(60)

  await db().generation.update({
    where: { id: generation.id },
    data: { retryAt: new Date(Date.now() - 1_000) },
  })
  expect((await readTurn(person, generation.id))?.generation.retryInSeconds).toBeNull()
})

test('another’s turn is not found', async () => {
  const { generation } = await createTurn(await createPerson())
  expect(await readTurn(await createPerson(), generation.id)).toBeNull()
  expect(await readTurn(await createPerson(), uuidv7())).toBeNull()
})

/** Reads while the answer ends: the reading finds this table taken, and the answer ended once it is free again. */
async function readWhileItEnds<T>(
  table: 'message' | 'generation_chunk',
  { generation, answer }: NewTurn,
  read: () => Promise<T>,
): Promise<T> {
  const held = await holdTable(table, 'ACCESS EXCLUSIVE')
  const reading = read()
  await held.untilWaitedFor()
  await held.query(`UPDATE generation SET status = 'complete' WHERE id = $1`, [generation.id])
  await held.query(`UPDATE message SET text = 'Courage.' WHERE id = $1`, [answer.id])
  await held.query('DELETE FROM generation_chunk WHERE "generationId" = $1', [generation.id])
  await held.release()
  return reading
}

describe.each(['message', 'generation_chunk'] as const)(
  'what is read of an answer that ends meanwhile is of one moment (%s)',
  (table) => {
    async function turnInMidAnswer() {
      const person = await createPerson()
      const turn = await createTurn(person)
      const { id } = turn.generation
      await writeProgress([id], [{ generationId: id, sequence: 0, text: 'Cour' }])
      return { person, turn, id }
    }

    test('a turn', async () => {
      const { person, turn, id } = await turnInMidAnswer()
      const read = await readWhileItEnds(table, turn, () => readTurn(person, id))
      expect([read?.generation.status, read?.text]).toEqual(['complete', 'Courage.'])
    })

    test('the progress of another instance', async () => {
      const { turn, id } = await turnInMidAnswer()
      const read = await readWhileItEnds(table, turn, () => readProgress(id, -1))
      expect(read).toMatchObject({ generation: { status: 'complete' }, chunks: [], finalText: 'Courage.' })
    })

    test('what a sweeper finds', async () => {
      const { turn, id } = await turnInMidAnswer()
      expect(await readWhileItEnds(table, turn, () => readSilentGeneration(id))).toMatchObject({
        text: 'Courage.',
      })
    })
  },
)
