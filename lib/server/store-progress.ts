import { type ChunkToWrite, writeProgress } from '#lib/db/generations.ts'
import { log } from '#lib/log.ts'
import { type RunningGeneration, runningGenerations } from './running-generations.ts'

/** How often the new text of all running generations is stored. A person loses at most this much to a `kill -9`. */
const INTERVAL_MS = 250

const shared = globalThis as typeof globalThis & { stoaProgressTimer?: NodeJS.Timeout | undefined }

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
 * Writes the new text of every running generation in one statement. When the database is away the text waits for
 * the next round: nothing is marked as stored that was not.
 */
export async function storeProgress(): Promise<void> {
  const running = [...runningGenerations().values()]
  if (running.length === 0) return
  const chunks = running.map(nextChunk).filter((chunk) => chunk.text !== '')
  try {
    const states = await writeProgress(
      running.map(({ id }) => id),
      chunks,
    )
    for (const chunk of chunks) markStored(chunk)
    for (const generation of running) {
      const state = states.get(generation.id)
      if (!state) generation.abort('ended_elsewhere')
      else if (state.stopRequested) generation.abort('stopped')
    }
  } catch (error) {
    log().warn({ error: String(error), generations: running.length }, 'text could not be stored yet')
  }
}

function nextChunk(generation: RunningGeneration): ChunkToWrite {
  return {
    generationId: generation.id,
    sequence: generation.nextSequence,
    text: generation.answer.text.slice(generation.storedLength),
  }
}

function markStored({ generationId, text }: ChunkToWrite): void {
  const generation = runningGenerations().get(generationId)
  if (!generation) return
  generation.storedLength += text.length
  generation.nextSequence += 1
}
