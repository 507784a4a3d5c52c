import { setTimeout as wait } from 'node:timers/promises'
import { closeDatabase } from '#lib/db/client.ts'
import { log } from '#lib/log.ts'
import { stopJobs } from './jobs.ts'
import { runningCompletions } from './running-completions.ts'
import { runningGenerations } from './running-generations.ts'
import { flushTraces } from './trace-turn.ts'

/** How long running generations may go on once the server was told to stop. */
const DRAIN_MS = 8_000
/** How long their ends may take to be stored after that; Docker kills 10 s after its SIGTERM. */
const STORE_MS = 1_500
/** How long the last traces may take to be sent. */
const FLUSH_MS = 500

/** Something beside the generations that ends in order when the server stops. */
export interface DrainStep {
  /** Called at once: nothing new is begun. */
  stop(): void
  /** Fulfilled when what goes on has ended; asked for when the generations have. */
  done(): Promise<void>
}

const shared = globalThis as typeof globalThis & { stoaDrain?: Promise<void>; stoaDrainSteps?: DrainStep[] }

/** Has this end in order, too, when the server stops. */
export function drainAlso(step: DrainStep): void {
  shared.stoaDrainSteps ??= []
  shared.stoaDrainSteps.push(step)
}

/** Whether this server is stopping: it takes no new turns. */
export function isDraining(): boolean {
  return shared.stoaDrain !== undefined
}

/**
 * Stops in order: no new turns; running generations get time to end, then are stored as interrupted with the text
 * they have, and told to whoever waits for them elsewhere; then the jobs and the database's connections. Asked again, it is the same stopping.
 */
export function drain(drainMs = DRAIN_MS): Promise<void> {
  shared.stoaDrain ??= stopInOrder(drainMs)
  return shared.stoaDrain
}

async function stopInOrder(drainMs: number): Promise<void> {
  const steps = shared.stoaDrainSteps ?? []
  for (const step of steps) step.stop()
  const running = allRunning()
  if (running.length > 0) log().info({ generations: running.length }, 'waiting for running answers')
  await settled(running, drainMs)
  for (const run of allRunning()) run.abort('shutdown')
  const ending = steps.map((step) => ({ done: step.done() }))
  await settled([...allRunning(), ...ending], STORE_MS)
  await stopJobs()
  await settled([{ done: flushTraces() }], FLUSH_MS)
  await closeDatabase()
}

function allRunning() {
  return [...runningGenerations().values(), ...runningCompletions()]
}

async function settled(running: { done: Promise<void> }[], limitMs: number): Promise<void> {
  const timer = new AbortController()
  await Promise.race([
    Promise.all(running.map(({ done }) => done)),
    wait(limitMs, undefined, { signal: timer.signal }).catch(() => undefined),
  ])
  timer.abort()
}
