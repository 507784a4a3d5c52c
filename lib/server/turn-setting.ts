import { v7 as uuidv7 } from 'uuid'
import {
  type BranchMessage,
  buildContext,
  type Context,
  type ContextPrompt,
  contextBudget,
} from '#lib/chat/build-context.ts'
import { costOfCounted } from '#lib/chat/cost.ts'
import { countTokens } from '#lib/chat/count-tokens.ts'
import { type Microcents, microcents } from '#lib/chat/money.ts'
import type { GenerationView, Intensity } from '#lib/chat/types.ts'
import type { TurnLimits } from '#lib/db/usage-events.ts'
import { env } from '#lib/env.ts'
import type { ComposedPrompt } from '#lib/prompts/library.ts'
import { type ChatModel, type Models, models, offeredModels } from '#lib/providers/resolve-models.ts'
import { turnErrors } from './turn-errors.ts'

/** What every turn is checked and built against. */
export interface TurnSetting {
  models: Models
  /** The largest budget of the models on offer: what is read of a branch suffices for each of them. */
  readingBudget: number
  rateLimit: number
  limits: TurnLimits
}

export async function turnSetting(): Promise<TurnSetting> {
  const resolved = await models()
  return {
    models: resolved,
    readingBudget: Math.max(...offeredModels(resolved).map(budgetOf)),
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
export function mostItCanCost(models: ChatModel[], { ledger }: Context): Microcents {
  return Math.max(
    ...models.map(
      ({ maxOutputTokens, price }) =>
        costOfCounted(ledger.totalTokens, maxOutputTokens, price) ?? UNKNOWN_HELD,
    ),
  )
}

/** Tokens that a request to a model may have. */
export function budgetOf({ contextWindow, maxOutputTokens }: ChatModel): number {
  return contextBudget(contextWindow, maxOutputTokens)
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

/** Builds the context of a run within a budget. */
export function contextOf(
  prompt: ComposedPrompt,
  branch: BranchMessage[],
  budget: number,
  continuation?: { text: string; hash: string; tokens: number },
): Context {
  return buildContext({
    ...{ prompt: measurePrompt(prompt), branch, budget },
    ...(continuation && { continuation }),
  })
}

/** Personas times intensities, several times over: in development, prompts change. */
const MAX_MEASURED = 200

/** Sizes of prompts by their hash: counting one again for every turn took a tenth of all that a turn costs. */
const measured = new Map<string, ContextPrompt>()

function measurePrompt({ text, hash, fragments }: ComposedPrompt): ContextPrompt {
  const known = measured.get(hash)
  if (known) return known
  if (measured.size >= MAX_MEASURED) measured.clear()
  const prompt = {
    ...{ text, hash, tokens: countTokens(text) },
    fragments: fragments.map(({ path, text: part, hash: partHash }) => ({
      path,
      hash: partHash,
      tokens: countTokens(part),
    })),
  }
  measured.set(hash, prompt)
  return prompt
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
