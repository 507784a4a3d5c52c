import { deleteUser } from '#lib/db/delete-user.ts'
import { requestStops } from '#lib/db/generations.ts'
import { inTime } from '#lib/db/in-time.ts'
import { runningGenerations } from './running-generations.ts'

/**
 * Deletes a person with all that is kept of them, after their running answers were stopped.
 *
 * @param successorEmail who is the administrator from then on, when the only one goes and others stay
 * @throws AppError last_administrator
 */
export async function deleteAccount(userId: string, successorEmail: string | null): Promise<void> {
  const running = [...runningGenerations().values()].filter((each) => each.userId === userId)
  for (const generation of running) generation.abort('stopped')
  // Those of other instances; what is not stopped by then finds its rows gone with the next text it stores.
  await inTime(requestStops(userId))
  await inTime(Promise.all(running.map(({ done }) => done)))
  await deleteUser(userId, successorEmail)
}
