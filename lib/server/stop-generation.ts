import { requestStop } from '#lib/db/generations.ts'
import { runningGenerations } from './running-generations.ts'

/**
 * Stops the answer that is being written in a conversation of this person, wherever it runs: at once when it runs here,
 * within a flush (250 ms) on another instance.
 *
 * @param generationId only this one: a request that comes late must not stop the answer after it. NULL: whichever runs
 * @returns whether there was one to stop
 */
export async function stopGeneration(
  userId: string,
  conversationId: string,
  generationId: string | null = null,
): Promise<boolean> {
  const running = [...runningGenerations().values()]
  const here = running.find(
    (each) =>
      each.userId === userId &&
      each.conversationId === conversationId &&
      (generationId ?? each.id) === each.id,
  )
  // What runs here stops even while the database is away.
  if (here) here.abort('stopped')
  return here !== undefined || (await requestStop(userId, conversationId, generationId))
}
