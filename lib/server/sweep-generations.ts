import { countTokens } from '#lib/chat/count-tokens.ts'
import { findSilentGenerations, finishGeneration } from '#lib/db/generations.ts'
import { log } from '#lib/log.ts'
import { unknownUsage } from '#lib/providers/answer-events.ts'
import { announceChange } from './conversation-events.ts'
import { runningGenerations } from './running-generations.ts'

/** A heartbeat comes every 250 ms; so long without one means that nobody writes this answer any more. */
const SILENT_MS = 6_000
const INTERVAL_MS = 2_000

const shared = globalThis as typeof globalThis & { stoaSweeper?: NodeJS.Timeout }

/** Starts looking for answers whose server died, now and every 2 s. */
export function startSweeper(): void {
  shared.stoaSweeper ??= setInterval(sweepQuietly, INTERVAL_MS)
  void sweepQuietly()
}

async function sweepQuietly(): Promise<void> {
  await sweepGenerations().catch((error: unknown) => {
    log().warn({ error: String(error) }, 'interrupted answers could not be looked for yet')
  })
}

/**
 * Ends generations whose heartbeat stopped as interrupted, with the text that was stored.
 *
 * @returns how many
 */
export async function sweepGenerations(silentMs = SILENT_MS): Promise<number> {
  let swept = 0
  for (const { id, text } of await findSilentGenerations(silentMs)) {
    if (runningGenerations().has(id)) continue
    const ended = await finishGeneration(
      {
        generationId: id,
        status: text === '' ? 'failed' : 'interrupted',
        errorCode: 'interrupted',
        text,
        tokens: countTokens(text),
        ...unknownUsage,
        ...{ retryAfterSeconds: null, model: null, ledger: null },
        timeToFirstTokenMs: null,
        latencyMs: null,
      },
      silentMs,
    )
    if (ended) swept++
  }
  if (swept > 0) {
    log().warn({ generations: swept }, 'answers were interrupted by a server that stopped')
    announceChange()
  }
  return swept
}
