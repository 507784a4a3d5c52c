import { deleteTemporaryConversations } from '#lib/db/temporary-conversations.ts'
import { log } from '#lib/log.ts'

const IDLE_HOURS = 24
const INTERVAL_MS = 30 * 60_000

const shared = globalThis as typeof globalThis & { stoaTriedTimer?: NodeJS.Timeout }

/** Starts deleting the conversations in which personas were tried, a day later: now and every half an hour. */
export function startDeletingTried(): void {
  shared.stoaTriedTimer ??= setInterval(deleteTried, INTERVAL_MS).unref()
  void deleteTried()
}

/** While the database is away, the next time will do. */
async function deleteTried(): Promise<void> {
  try {
    const conversations = await deleteTemporaryConversations(IDLE_HOURS)
    if (conversations > 0) log().info({ conversations }, 'temporary conversations were deleted')
  } catch (error) {
    log().warn({ error: String(error) }, 'temporary conversations could not be deleted yet')
  }
}
