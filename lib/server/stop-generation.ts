import { requestStop } from '#lib/db/generations.ts'
import { runningGenerations } from './running-generations.ts'

/**
 * Stops the answer that is being written in a conversation of this person, wherever it runs: at once when it runs here,
 * within a flush (250 ms) on another instance.
 *
 * @returns whether there was one to stop
 */
export async function stopGeneration(userId: string, conversationId: string): Promise<boolean> {
  const generationId = await requestStop(userId, conversationId)
  if (!generationId) return false
  runningGenerations().get(generationId)?.abort('stopped')
  return true
}
