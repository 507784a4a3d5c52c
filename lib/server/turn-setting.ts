import { v7 as uuidv7 } from 'uuid'
import type { ContextLedger } from '#lib/chat/context-ledger.ts'
import { costOfCounted } from '#lib/chat/cost.ts'
import { type Microcents, microcents } from '#lib/chat/money.ts'
import type { GenerationView, Intensity } from '#lib/chat/types.ts'
import type { TurnLimits } from '#lib/db/usage-events.ts'
import { env } from '#lib/env.ts'
import { type ChatModel, type Models, models } from '#lib/providers/resolve-models.ts'
import { tokenRatioOf } from './token-ratios.ts'
import { turnErrors } from './turn-errors.ts'

/** What every turn is checked and built against. */
export interface TurnSetting {
  models: Models
  rateLimit: number
  limits: TurnLimits
}

export async function turnSetting(): Promise<TurnSetting> {
  return {
    models: await models(),
    rateLimit: env().RATE_LIMIT_PER_MINUTE,
    limits: { monthlyBudget: defaultBudget(), turnsPerMinute: env().RATE_LIMIT_PER_MINUTE },
  }
}

/** What people may spend in a month who have no budget of their own; NULL: as much as they like. */
export function defaultBudget(): Microcents | null {
  const dollars = env().MONTHLY_BUDGET_USD
  return dollars === undefined ? null : microcents(dollars)
}

/** What is held of a call whose price is not known: next to nothing, but a budget that is used up refuses it. */
const UNKNOWN_HELD: Microcents = 1

/** What an answer can cost at most, whichever of the models writes it; 0 only when each of them is free. */
export function mostItCanCost(
  models: ChatModel[],
  { ledger }: { ledger: Pick<ContextLedger, 'totalTokens'> },
): Microcents {
  return Math.max(
    ...models.map(({ label, maxOutputTokens, price }) => {
      const inputTokens = Math.ceil(ledger.totalTokens * tokenRatioOf(label))
      return costOfCounted(inputTokens, maxOutputTokens, price) ?? UNKNOWN_HELD
    }),
  )
}

/**
 * The model to ask, then the one to fall back to.
 *
 * @param wanted NULL: the usual one
 */
export function candidates(
  { answering, fallback }: Models,
  wanted: ChatModel | null,
): [ChatModel, ...ChatModel[]] {
  const chosen = wanted ?? answering
  return fallback && fallback !== chosen ? [chosen, fallback] : [chosen]
}

/**
 * A turn counts for a minute; the oldest of a full minute makes room first.
 *
 * @param recentTurns seconds since each, newest first
 * @throws AppError too_many_turns
 */
export function checkRate(recentTurns: number[], limit: number): void {
  const oldest = recentTurns[limit - 1]
  if (oldest !== undefined) throw turnErrors.tooMany(limit, Math.max(1, Math.ceil(60 - oldest)))
}

/** A run that is about to begin. */
export function newGeneration(
  { label }: ChatModel,
  persona: string,
  intensity: Intensity,
  id: string = uuidv7(),
): GenerationView {
  return {
    ...{ id, status: 'streaming', errorCode: null, retryAt: null, retryInSeconds: null, fallbackFrom: null },
    ...{ persona, intensity, provider: label.provider, model: label.model },
    ...{ inputTokens: null, outputTokens: null, timeToFirstTokenMs: null, latencyMs: null },
  }
}
