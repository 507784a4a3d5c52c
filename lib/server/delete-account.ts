import { deleteUser } from '#lib/db/delete-user.ts'
import { stopAnswers } from './stop-answers.ts'

/**
 * Deletes a person with all that is kept of them, after their running answers were stopped.
 *
 * @param successorEmail who is the administrator from then on, when the only one goes and others stay
 * @throws AppError last_administrator
 */
export async function deleteAccount(userId: string, successorEmail: string | null): Promise<void> {
  // What is not stopped by then, on another instance, finds its rows gone with the next text it stores.
  await stopAnswers(userId)
  await deleteUser(userId, successorEmail)
}
