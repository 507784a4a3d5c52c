import { setTimeout as wait } from 'node:timers/promises'
import { PgBoss } from 'pg-boss'
import { env } from '#lib/env.ts'
import { log } from '#lib/log.ts'

/**
 * A kind of work on a conversation, or on a file that is imported, that is done once, by whichever instance is free, and
 * survives a restart. There is at most one job of a kind for each at a time.
 */
export interface JobQueue {
  name: string
  /** How often a failing job is tried again. */
  retryLimit: number
  /** The job of an instance that died is taken over after this; longer than the work can take. */
  expireInSeconds?: number
  /** For long work: taken over when its instance has not said for so long that it is alive; 10 or more. Looked for once a minute. */
  heartbeatSeconds?: number
  /** How many of its jobs this instance does at a time. */
  concurrency?: number
  /** @param isLastAttempt none follows if this one throws */
  handle(subjectId: string, isLastAttempt: boolean): Promise<void>
}

interface JobData {
  conversationId: string
}

interface Jobs {
  boss: PgBoss
  /** The worker of each queue, to be woken when this instance has put work there. */
  workers: Map<string, string>
}

const RETRY_DELAY_SECONDS = 1
const EXPIRE_SECONDS = 60
const START_AGAIN_MS = 5_000
const MAX_CONNECTIONS = 4
const CONCURRENT_JOBS = 4

const shared = globalThis as typeof globalThis & { stoaJobs?: Jobs | undefined; stoaJobsStopped?: boolean }

/** Starts working on the queues. While the database is away it is tried again; resolves when the work has begun. */
export async function startJobs(queues: JobQueue[]): Promise<void> {
  while (!shared.stoaJobsStopped && !shared.stoaJobs) {
    try {
      shared.stoaJobs = await connect(queues)
    } catch (error) {
      log().error({ error: String(error) }, 'background jobs could not be started yet')
      await wait(START_AGAIN_MS)
    }
  }
}

async function connect(queues: JobQueue[]): Promise<Jobs> {
  const boss = new PgBoss({ connectionString: env().DATABASE_URL, max: MAX_CONNECTIONS, schedule: false })
  boss.on('error', (error) => log().warn({ error: error.message }, 'background jobs'))
  await boss.start()
  try {
    return { boss, workers: await workOn(boss, queues) }
  } catch (error) {
    await boss.stop({ graceful: false })
    throw error
  }
}

async function workOn(boss: PgBoss, queues: JobQueue[]): Promise<Jobs['workers']> {
  const workers = new Map<string, string>()
  for (const queue of queues) {
    const { name, retryLimit, expireInSeconds = EXPIRE_SECONDS, heartbeatSeconds } = queue
    const options = { retryLimit, retryDelay: RETRY_DELAY_SECONDS, expireInSeconds }
    const settings = heartbeatSeconds === undefined ? options : { ...options, heartbeatSeconds }
    await boss.createQueue(name, { policy: 'exclusive', ...settings })
    // A queue that is there already is left as it was by that.
    await boss.updateQueue(name, settings)
    workers.set(name, await work(boss, queue))
  }
  return workers
}

function work(boss: PgBoss, queue: JobQueue): Promise<string> {
  const localConcurrency = queue.concurrency ?? CONCURRENT_JOBS
  const options = { includeMetadata: true, batchSize: 1, localConcurrency } as const
  return boss.work<JobData, void, typeof options>(queue.name, options, async ([job]) => {
    if (!job) return
    const { conversationId } = job.data
    try {
      await queue.handle(conversationId, job.retryCount >= job.retryLimit)
    } catch (error) {
      const fault = error instanceof Error ? error.name : 'unknown'
      log().warn({ queue: queue.name, conversationId, attempt: job.retryCount + 1, fault }, 'job failed')
      // pg-boss keeps what is thrown, whole: a provider's error holds the message and can hold the key.
      throw new Error(fault)
    }
  })
}

/** Whether this instance takes jobs; not before the database could be reached, nor once it stops. */
export function areJobsRunning(): boolean {
  return shared.stoaJobs !== undefined
}

/** Puts a job for a conversation into a queue, unless one is there; wakes a worker of this instance. */
export async function sendJob(queueName: string, conversationId: string): Promise<void> {
  const jobs = shared.stoaJobs
  if (!jobs) throw new Error('Background jobs are not running')
  await jobs.boss.send(queueName, { conversationId } satisfies JobData, { singletonKey: conversationId })
  const worker = jobs.workers.get(queueName)
  if (worker) jobs.boss.notifyWorker(worker)
}

/**
 * Has a job that failed for good be tried once more.
 *
 * @returns false when there is no failed job with this id, and when a newer one for its conversation is in the queue
 */
export async function retryJob(queueName: string, jobId: string): Promise<boolean> {
  const jobs = shared.stoaJobs
  const worker = jobs?.workers.get(queueName)
  if (!jobs || !worker) return false
  const job = await jobs.boss.getJobById(queueName, jobId)
  if (job?.state !== 'failed') return false
  try {
    await jobs.boss.retry(queueName, jobId)
  } catch (error) {
    // At most one job for a conversation waits in a queue; pg-boss lets the database see to that.
    if (!isUniqueViolation(error)) throw error
    return false
  }
  jobs.boss.notifyWorker(worker)
  return true
}

function isUniqueViolation(error: unknown): boolean {
  return error instanceof Error && 'code' in error && error.code === '23505'
}

/** Lets running jobs end for a moment and stops; what is left is taken over by another instance. */
export async function stopJobs(): Promise<void> {
  shared.stoaJobsStopped = true
  const jobs = shared.stoaJobs
  shared.stoaJobs = undefined
  await jobs?.boss.stop({ graceful: true, timeout: 1_000 })
}
