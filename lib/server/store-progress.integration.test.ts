import { afterAll, beforeEach, expect, test } from 'vitest'
import { closeDatabase } from '#lib/db/client.ts'
import { writeProgress } from '#lib/db/generations.ts'
import { readSilentGeneration } from '#lib/db/silent-generations.ts'
import { createPerson } from '../../scripts/test/create-person.ts'
import { createTurn } from '../../scripts/test/create-turn.ts'
import { emptyDatabase } from '../../scripts/test/empty-database.ts'
import { AnswerStream } from './answer-stream.ts'
import { type RunningGeneration, runningGenerations } from './running-generations.ts'
import { apartFromProgress, storeProgress } from './store-progress.ts'

beforeEach(async () => {
  runningGenerations().clear()
  await emptyDatabase()
})
afterAll(closeDatabase)

async function run(): Promise<RunningGeneration> {
  const userId = await createPerson()
  const { generation, conversationId } = await createTurn(userId)
  const running: RunningGeneration = {
    ...{ id: generation.id, userId, conversationId, answer: new AnswerStream() },
    ...{ storedLength: 0, nextSequence: 0, unacknowledged: null, isEnding: false },
    abort: () => undefined,
    done: Promise.resolve(),
  }
  runningGenerations().set(running.id, running)
  return running
}

test('text is stored as it grows, each piece once', async () => {
  const { id, answer } = await run()
  answer.append('One')
  await storeProgress()
  answer.append(' two')
  await storeProgress()
  await storeProgress()

  expect(await readSilentGeneration(id)).toMatchObject({ text: 'One two' })
})

test('a write that arrived though its acknowledgement was lost leaves no hole when the text has grown', async () => {
  const running = await run()
  running.answer.append('One')
  running.unacknowledged = { generationId: running.id, sequence: 0, text: 'One' }
  await writeProgress([running.id], [running.unacknowledged])
  running.answer.append(' two')

  await storeProgress()
  await storeProgress()
  expect(await readSilentGeneration(running.id)).toMatchObject({ text: 'One two' })
})

test('an end is written when no text is being written, and no text while it is', async () => {
  const { id, answer } = await run()
  const order: string[] = []
  answer.append('One')
  const writing = storeProgress().then(() => order.push('text'))
  const ending = apartFromProgress(id, async () => {
    order.push('end')
    answer.append(' more')
    await storeProgress()
    expect(await readSilentGeneration(id)).toMatchObject({ text: 'One' })
  })
  await Promise.all([writing, ending])

  expect(order).toEqual(['text', 'end'])
  await storeProgress()
  expect(await readSilentGeneration(id)).toMatchObject({ text: 'One more' })
})
