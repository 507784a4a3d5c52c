import { setTimeout as wait } from 'node:timers/promises'
import type { StoredTurn } from '#lib/db/generations.ts'
import { readProgress } from '#lib/db/generations.ts'
import { log } from '#lib/log.ts'
import { AnswerStream } from './answer-stream.ts'
import { runningGenerations } from './running-generations.ts'

/** How often the chunk log of an answer that another instance writes is read. */
const POLL_MS = 250

const shared = globalThis as typeof globalThis & { stoaFollowed?: Map<string, AnswerStream> }

/**
 * The answer of a turn, to be read from its beginning or any offset: the running one of this process,
 * one that another instance writes (followed through the database), or one that has ended.
 */
export function followAnswer(turn: StoredTurn): AnswerStream {
  const running = runningGenerations().get(turn.generation.id)
  if (running) return running.answer
  if (turn.generation.status === 'streaming') return followElsewhere(turn)
  const ended = new AnswerStream(turn.text)
  ended.end(turn.generation)
  return ended
}

/** One loop per answer, however many read it here; it rests when nobody does. */
function followElsewhere(turn: StoredTurn): AnswerStream {
  shared.stoaFollowed ??= new Map()
  const followed = shared.stoaFollowed
  const known = followed.get(turn.generation.id)
  if (known) return known
  const answer = new AnswerStream(turn.text)
  followed.set(turn.generation.id, answer)
  void poll(turn, answer).finally(() => followed.delete(turn.generation.id))
  return answer
}

async function poll(turn: StoredTurn, answer: AnswerStream): Promise<void> {
  let { sequence } = turn
  do {
    await wait(POLL_MS)
    try {
      const progress = await readProgress(turn.generation.id, sequence)
      if (!progress)
        return answer.end({ ...turn.generation, status: 'interrupted', errorCode: 'interrupted' })
      for (const chunk of progress.chunks) {
        answer.append(chunk.text)
        sequence = chunk.sequence
      }
      if (progress.finalText !== null) {
        answer.append(progress.finalText.slice(answer.text.length))
        return answer.end(progress.generation)
      }
    } catch (error) {
      log().warn(
        { generationId: turn.generation.id, error: String(error) },
        'an answer of another instance could not be read yet',
      )
    }
  } while (answer.hasReaders)
}
