import { requestStops } from '#lib/db/generations.ts'
import { inTime } from '#lib/db/in-time.ts'
import { runningCompletions } from './running-completions.ts'
import { runningGenerations } from './running-generations.ts'

/**
 * Stops every answer that is being written for a person, on other instances too; resolves when those of this one have
 * ended. What a token has asked for on another instance and nobody keeps (`/v1`) ends there with the token, within seconds.
 */
export async function stopAnswers(userId: string): Promise<void> {
  const all = [...runningGenerations().values(), ...runningCompletions()]
  const running = all.filter((each) => each.userId === userId)
  for (const answer of running) answer.abort('stopped')
  await inTime(requestStops(userId))
  await inTime(Promise.all(running.map(({ done }) => done)))
}
