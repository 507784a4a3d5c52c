import { countTokens } from '#lib/chat/count-tokens.ts'
import { finishGeneration, readHeartbeats, readLoggedText, SWEPT } from '#lib/db/generations.ts'
import { log } from '#lib/log.ts'
import { unknownUsage } from '#lib/providers/answer-events.ts'
import { announceChange } from './conversation-events.ts'
import { runningGenerations } from './running-generations.ts'

/** A heartbeat comes every 250 ms; so long without one means that nobody writes this answer any more. */
const SILENT_MS = 6_000
const INTERVAL_MS = 2_000

/** A sign of life, and when this process first saw it. */
interface Sighting {
  heartbeatAt: Date
  seenAt: number
}

const shared = globalThis as typeof globalThis & {
  stoaSweeper?: NodeJS.Timeout
  stoaSightings?: Map<string, Sighting>
}

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
 * Ends generations whose heartbeat stood still, as interrupted, with the text that was stored. Still is what this
 * process itself saw unchanged for `silentMs`, by its own clock: after an outage of the database every heartbeat is old,
 * though the answers go on.
 *
 * @returns how many were ended
 */
export async function sweepGenerations(silentMs = SILENT_MS, now = performance.now()): Promise<number> {
  const before = shared.stoaSightings ?? new Map<string, Sighting>()
  const sightings = new Map<string, Sighting>()
  let swept = 0
  for (const { id, heartbeatAt } of await readHeartbeats()) {
    if (runningGenerations().has(id)) continue
    const known = before.get(id)
    const isStill = known?.heartbeatAt.getTime() === heartbeatAt.getTime()
    const sighting = isStill ? known : { heartbeatAt, seenAt: now }
    sightings.set(id, sighting)
    if (now - sighting.seenAt >= silentMs && (await interrupt(id, heartbeatAt))) swept++
  }
  shared.stoaSightings = sightings
  if (swept > 0) {
    log().warn({ generations: swept }, 'answers were interrupted by a server that stopped')
    announceChange()
  }
  return swept
}

async function interrupt(generationId: string, heartbeatAt: Date): Promise<boolean> {
  const text = await readLoggedText(generationId)
  const ended = await finishGeneration(
    {
      generationId,
      status: text === '' ? 'failed' : 'interrupted',
      errorCode: SWEPT,
      text,
      tokens: countTokens(text),
      ...unknownUsage,
      ...{ retryAfterSeconds: null, model: null, ledger: null },
      timeToFirstTokenMs: null,
      latencyMs: null,
    },
    heartbeatAt,
  )
  return ended !== null
}
