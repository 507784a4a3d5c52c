import { setTimeout as wait } from 'node:timers/promises'
import type { GenerationView } from '#lib/chat/types.ts'
import { finishGeneration, type GenerationEnd, readTurn, type StoredTurn } from '#lib/db/generations.ts'
import { log } from '#lib/log.ts'
import type { AnswerStream } from './answer-stream.ts'
import { apartFromProgress } from './store-progress.ts'

/** How long an end that cannot be stored is tried again, while the database is away. */
const STORE_END_FOR_MS = 60_000
const STORE_END_PAUSE_MS = 500

/** Stores the end, waiting for the database if need be; what is told to the readers is what is stored. */
export async function storeEnd(
  userId: string,
  turn: StoredTurn,
  end: GenerationEnd,
  answer: AnswerStream,
): Promise<GenerationView> {
  const deadline = performance.now() + STORE_END_FOR_MS
  for (;;) {
    try {
      const stored = await apartFromProgress(end.generationId, () => finishGeneration(end))
      if (stored) return stored
      // It was ended elsewhere, or its conversation is gone.
      const known = await readTurn(userId, turn.generation.id)
      return known?.generation ?? { ...turn.generation, status: end.status, errorCode: end.errorCode }
    } catch (error) {
      answer.setStored(false)
      log().error(
        { error: String(error), generationId: end.generationId },
        'the end of an answer could not be stored',
      )
      if (performance.now() > deadline) {
        return { ...turn.generation, status: 'interrupted', errorCode: 'interrupted' }
      }
    }
    await wait(STORE_END_PAUSE_MS)
  }
}
