import { endLostCompletions } from '#lib/db/completions.ts'
import { log } from '#lib/log.ts'

/** Longer than any answer takes, whichever models are asked for it. */
const LONGEST_MINUTES = 90
const INTERVAL_MS = 30 * 60_000

const shared = globalThis as typeof globalThis & { stoaLostCompletions?: NodeJS.Timeout }

/** Starts ending the completions whose server died with them: now and every half an hour. */
export function startEndingLostCompletions(): void {
  shared.stoaLostCompletions ??= setInterval(endLost, INTERVAL_MS).unref()
  void endLost()
}

/** While the database is away, the next time will do. */
async function endLost(): Promise<void> {
  try {
    const completions = await endLostCompletions(LONGEST_MINUTES)
    if (completions > 0) log().warn({ completions }, 'completions were lost with a server that stopped')
  } catch (error) {
    log().warn({ error: String(error) }, 'lost completions could not be looked for yet')
  }
}
