import { v7 as uuidv7 } from 'uuid'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { closeDatabase } from '#lib/db/client.ts'
import { listJobs } from '#lib/db/jobs.ts'
import { retryJob, sendJob, startJobs, stopJobs } from './jobs.ts'

const QUEUE = 'breaks-once'
let isBroken = true
const soon = { timeout: 20_000 }

beforeAll(() =>
  startJobs([
    {
      name: QUEUE,
      retryLimit: 0,
      handle: async () => {
        if (isBroken) throw new TypeError('with a text that nobody may see')
      },
    },
  ]),
)
afterAll(async () => {
  await stopJobs()
  await closeDatabase()
})

const jobs = async () => (await listJobs()).filter(({ queue }) => queue === QUEUE)

test('a job that failed for good is told with the name of its fault, and can be tried again', async () => {
  await sendJob(QUEUE, uuidv7())
  await expect
    .poll(jobs, soon)
    .toMatchObject([{ queue: QUEUE, state: 'failed', attempts: 1, failure: 'TypeError' }])
  const [job] = await jobs()
  isBroken = false
  expect(await retryJob(QUEUE, job?.id ?? '')).toBe(true)
  await expect.poll(jobs, soon).toEqual([])
  expect(await retryJob(QUEUE, job?.id ?? '')).toBe(false)
  expect(await retryJob(QUEUE, uuidv7())).toBe(false)
  expect(await retryJob('no-queue', uuidv7())).toBe(false)
})
