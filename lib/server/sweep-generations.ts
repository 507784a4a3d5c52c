import { countTokens } from '#lib/chat/count-tokens.ts'
import { finishGeneration, SWEPT } from '#lib/db/generations.ts'
import { readHeartbeats, readSilentGeneration } from '#lib/db/silent-generations.ts'
import { env } from '#lib/env.ts'
import { log } from '#lib/log.ts'
import { unknownUsage } from '#lib/providers/answer-events.ts'
import { priceOf } from '#lib/providers/model-catalogue.ts'
import { heldFor } from './account-calls.ts'
import { announceChange } from './conversation-events.ts'
import { countGeneration } from './record-metrics.ts'
import { runningGenerations } from './running-generations.ts'

/** A heartbeat comes every 250 ms; so long without one means that nobody writes this answer any more. */
const SILENT_MS = 6_000
const INTERVAL_MS = 2_000
/** After a longer pause between two looks, as while the database is away, nobody knows who was alive meanwhile. */
const LONGEST_PAUSE_MS = 2 * INTERVAL_MS

/** A sign of life, and when this process first saw it. */
interface Sighting {
  heartbeatAt: Date
  seenAt: number
}

/** What the last look found, by generation. */
interface Look {
  at: number
  sightings: Map<string, Sighting>
}

const shared = globalThis as typeof globalThis & {
  stoaSweeper?: NodeJS.Timeout
  stoaLook?: Look
  stoaIsSweeping?: boolean
}

/** Starts looking for answers whose server died, now and every 2 s. */
export function startSweeper(): void {
  shared.stoaSweeper ??= setInterval(sweepQuietly, INTERVAL_MS)
  void sweepQuietly()
}

/** One look at a time: those that waited for a frozen database would all come back at once, each as if from its own time. */
async function sweepQuietly(): Promise<void> {
  if (shared.stoaIsSweeping) return
  shared.stoaIsSweeping = true
  try {
    await sweepGenerations()
  } catch (error) {
    log().warn({ error: String(error) }, 'interrupted answers could not be looked for yet')
  } finally {
    shared.stoaIsSweeping = false
  }
}

/**
 * Ends generations whose heartbeat stood still, as interrupted, with the text that was stored. Still is what this
 * process itself saw unchanged for `silentMs`, by its own clock and looking all the while: after an outage of the database
 * every heartbeat is old, though the answers go on.
 *
 * @returns how many were ended
 */
export async function sweepGenerations(silentMs = SILENT_MS, now = performance.now()): Promise<number> {
  const last = shared.stoaLook
  const before = last && now - last.at <= LONGEST_PAUSE_MS ? last.sightings : new Map<string, Sighting>()
  const sightings = new Map<string, Sighting>()
  let swept = 0
  for (const { id, heartbeatAt } of await readHeartbeats()) {
    if (runningGenerations().has(id)) continue
    const known = before.get(id)
    const isStill = known?.heartbeatAt.getTime() === heartbeatAt.getTime()
    const sighting = isStill ? known : { heartbeatAt, seenAt: now }
    sightings.set(id, sighting)
    if (now - sighting.seenAt >= silentMs && (await interruptIfPossible(id, heartbeatAt))) swept++
  }
  shared.stoaLook = { at: now, sightings }
  if (swept > 0) {
    log().warn({ generations: swept }, 'answers were interrupted by a server that stopped')
    announceChange()
  }
  return swept
}

/** One whose end cannot be written must not keep the others from theirs. */
async function interruptIfPossible(generationId: string, heartbeatAt: Date): Promise<boolean> {
  try {
    return await interrupt(generationId, heartbeatAt)
  } catch (error) {
    log().error({ generationId, error: String(error) }, 'an interrupted answer could not be ended yet')
    return false
  }
}

async function interrupt(generationId: string, heartbeatAt: Date): Promise<boolean> {
  const silent = await readSilentGeneration(generationId)
  if (!silent) return false
  const { provider, model, text, textBefore, requestTokens, hasNeverRun } = silent
  const writtenTokens = countTokens(text.slice(textBefore.length))
  const price = priceOf(provider, model, env().MODEL_PRICES)
  const cost = hasNeverRun ? 0 : null
  const times = { timeToFirstTokenMs: null, latencyMs: null }
  const status = text === '' ? 'failed' : 'interrupted'
  const ended = await finishGeneration(
    {
      ...{ generationId, status },
      errorCode: SWEPT,
      text,
      tokens: countTokens(text),
      ...{ ...unknownUsage, ...times, retryAfterSeconds: null, model: null, ledger: null },
      // Its calls are not known here; what the last of them may have cost stays held.
      ...{ calls: [], cost },
      usage: [
        {
          ...{
            ...unknownUsage,
            ...times,
            id: generationId,
            provider,
            model,
            outcome: SWEPT,
            cost,
            sentAtMs: 0,
          },
          held: heldFor(cost, requestTokens, writtenTokens, { price }),
        },
      ],
    },
    heartbeatAt,
  )
  if (ended) countGeneration({ provider, model }, { ...times, status, errorCode: SWEPT })
  return ended !== null
}
