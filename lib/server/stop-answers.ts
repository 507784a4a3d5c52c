import { requestStops } from '#lib/db/generations.ts'
import { inTime } from '#lib/db/in-time.ts'
import { runningGenerations } from './running-generations.ts'

/**
 * Stops every answer that is being written for a person, on other instances too; resolves when those of this one have
 * ended.
 */
export async function stopAnswers(userId: string): Promise<void> {
  const running = [...runningGenerations().values()].filter((each) => each.userId === userId)
  for (const generation of running) generation.abort('stopped')
  await inTime(requestStops(userId))
  await inTime(Promise.all(running.map(({ done }) => done)))
}
