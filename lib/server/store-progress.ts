import { type ChunkToWrite, writeProgress } from '#lib/db/generations.ts'
import { log } from '#lib/log.ts'
import { type RunningGeneration, runningGenerations } from './running-generations.ts'

/** How often the new text of all running generations is stored. A person loses at most this much to a `kill -9`. */
const INTERVAL_MS = 250
/** A write that takes longer is as good as none: the person is told that nothing is stored at the moment. */
const SLOW_MS = 2_000

const shared = globalThis as typeof globalThis & {
  stoaProgressTimer?: NodeJS.Timeout | undefined
  stoaProgress?: Promise<void>
}

/** Starts the one loop that stores text, renews heartbeats and learns of stops; it rests when nothing runs. */
export function ensureProgressIsStored(): void {
  if (shared.stoaProgressTimer) return
  const tick = async () => {
    await storeProgress()
    shared.stoaProgressTimer = runningGenerations().size > 0 ? setTimeout(tick, INTERVAL_MS) : undefined
  }
  shared.stoaProgressTimer = setTimeout(tick, INTERVAL_MS)
}

/**
 * Makes the write that ends a generation, while none of its text is being written: that statement drops only what was in
 * the chunk log as it began, and a chunk that came meanwhile would stay for ever.
 */
export async function apartFromProgress<T>(generationId: string, write: () => Promise<T>): Promise<T> {
  const generation = runningGenerations().get(generationId)
  if (generation) generation.isEnding = true
  const slow = setTimeout(() => generation?.answer.setStored(false), SLOW_MS)
  try {
    await shared.stoaProgress
    return await write()
  } finally {
    clearTimeout(slow)
    if (generation) generation.isEnding = false
  }
}

/**
 * Writes the new text of every running generation in one statement. When the database is away the text waits for
 * the next round: nothing is marked as stored that was not.
 */
export function storeProgress(): Promise<void> {
  shared.stoaProgress = writeNewText()
  return shared.stoaProgress
}

async function writeNewText(): Promise<void> {
  const running = [...runningGenerations().values()].filter(({ isEnding }) => !isEnding)
  if (running.length === 0) return
  const chunks = running.flatMap((generation) => nextChunk(generation) ?? [])
  const slow = setTimeout(() => tellUnstored(running), SLOW_MS)
  try {
    const states = await writeProgress(
      running.map(({ id }) => id),
      chunks,
    )
    for (const generation of running) {
      acknowledge(generation)
      generation.answer.setStored(true)
      const state = states.get(generation.id)
      if (!state) generation.abort('ended_elsewhere')
      else if (state.stopRequested) generation.abort('stopped')
    }
  } catch (error) {
    tellUnstored(running)
    log().warn({ error: String(error), generations: running.length }, 'text could not be stored yet')
  } finally {
    clearTimeout(slow)
  }
}

function tellUnstored(generations: RunningGeneration[]): void {
  for (const { answer } of generations) answer.setStored(false)
}

/**
 * A chunk whose acknowledgement was lost may have been written. It is sent again as it was: if it had grown under the
 * same sequence, what it grew by would be taken for stored and be missing.
 */
function nextChunk(generation: RunningGeneration): ChunkToWrite | null {
  const text = generation.answer.text.slice(generation.storedLength)
  if (generation.unacknowledged || text === '') return generation.unacknowledged
  generation.unacknowledged = { generationId: generation.id, sequence: generation.nextSequence, text }
  return generation.unacknowledged
}

function acknowledge(generation: RunningGeneration): void {
  if (!generation.unacknowledged) return
  generation.storedLength += generation.unacknowledged.text.length
  generation.nextSequence += 1
  generation.unacknowledged = null
}
