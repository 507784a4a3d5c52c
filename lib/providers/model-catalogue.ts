import { FREE, type Price, type PricePerMillion, pricePerToken } from '#lib/chat/cost.ts'

/*
 * Sources: developers.openai.com/api/docs/models and /pricing, platform.claude.com/docs/en/about-claude/models and /pricing,
 * as of November 2026. No package keeps them: the newest of tokenlens (1.3.1) ends before the models that are the default here.
 */

/**
 * Context windows in tokens, by the beginning of a model's name; the longest that fits counts. Where models of one family
 * differ the smallest is given: a window that is too small only sends less history. Of those that take 400,000 tokens
 * and more, what a request may have before its price doubles, or is refused.
 */
const windows: [prefix: string, tokens: number][] = [
  ['gpt-5', 272_000],
  ['gpt-4.1', 1_000_000],
  ['gpt-4o', 128_000],
  ['gpt-4-turbo', 128_000],
  ['gpt-4', 8_192],
  ['gpt-3.5', 16_385],
  ['gpt-', 128_000],
  ['o1', 128_000],
  ['o3', 200_000],
  ['o4', 200_000],
  ['claude-', 200_000],
  ['claude-sonnet-5', 1_000_000],
  ['claude-opus-5', 1_000_000],
]

/** The longest answer in tokens, of models that refuse to be asked for more than that. */
const outputLimits: [prefix: string, tokens: number][] = [
  ['gpt-4', 8_192],
  ['gpt-4-turbo', 4_096],
  ['gpt-3.5', 4_096],
  ['gpt-4o', 16_384],
  ['gpt-4.1', 32_768],
  ['gpt-5', 128_000],
  ['o1', 32_768],
  ['o3', 100_000],
  ['o4', 100_000],
  ['claude-opus-4', 32_000],
  ['claude-', 64_000],
]

/**
 * Prices in dollars for a million tokens: input, cached input, output. By the whole name, or that with a date: a name that
 * only begins alike may cost ten times as much. Models whose price depends on the length of the request are not here.
 */
const prices: Record<string, [input: number, cachedInput: number, output: number]> = {
  'gpt-5.6-terra': [2, 0.2, 12],
  'gpt-5.6-luna': [0.2, 0.02, 1.2],
  'gpt-5.5': [5, 0.5, 30],
  'gpt-5.4': [2.5, 0.25, 15],
  'gpt-5.4-mini': [0.75, 0.075, 4.5],
  'gpt-5.4-nano': [0.2, 0.02, 1.25],
  'gpt-5.2': [1.75, 0.175, 14],
  'gpt-5.1': [1.25, 0.125, 10],
  'gpt-5': [1.25, 0.125, 10],
  'gpt-5-mini': [0.25, 0.025, 2],
  'gpt-5-nano': [0.05, 0.005, 0.4],
  'gpt-4.1': [2, 0.5, 8],
  'gpt-4.1-mini': [0.4, 0.1, 1.6],
  'gpt-4.1-nano': [0.1, 0.025, 0.4],
  'gpt-4o': [2.5, 1.25, 10],
  'gpt-4o-mini': [0.15, 0.075, 0.6],
  'gpt-4-turbo': [10, 10, 30],
  'gpt-4': [30, 30, 60],
  'gpt-3.5-turbo': [0.5, 0.5, 1.5],
  'o4-mini': [1.1, 0.275, 4.4],
  'o3-mini': [1.1, 0.55, 4.4],
  o3: [2, 0.5, 8],
  o1: [15, 7.5, 60],
  'claude-opus-5-5': [4, 0.2, 20],
  'claude-opus-5': [5, 0.5, 25],
  'claude-opus-4-8': [5, 0.5, 25],
  'claude-opus-4-7': [5, 0.5, 25],
  'claude-opus-4-6': [5, 0.5, 25],
  'claude-opus-4-5': [5, 0.5, 25],
  'claude-opus-4-1': [15, 1.5, 75],
  'claude-sonnet-5-5': [2, 0.1, 10],
  'claude-sonnet-5': [2, 0.2, 10],
  'claude-sonnet-4-6': [3, 0.3, 15],
  'claude-sonnet-4-5': [3, 0.3, 15],
  'claude-haiku-4-5': [1, 0.1, 5],
}

/** What providers put behind a name: `-2026-03-17`, `-20251001`, `@20251001`, `-latest`. */
const RELEASE = /[-@](\d{4}-?\d{2}-?\d{2}|latest)$/

/** Ollama gives every model this window unless its OLLAMA_CONTEXT_LENGTH says otherwise (its FAQ). */
const OLLAMA_DEFAULT_WINDOW = 4_096

/** For a model that is not known here; MODEL_CONTEXT_WINDOW says better. */
const UNKNOWN_WINDOW = 32_000

/** The context window of a model in tokens. Names may carry their maker in front (`openai/gpt-4o`). */
export function contextWindow(provider: string, model: string): number {
  if (provider === 'ollama') return OLLAMA_DEFAULT_WINDOW
  return longestMatch(windows, model) ?? UNKNOWN_WINDOW
}

/**
 * The output limit in tokens that a model is asked for: the configured one, or less where the model takes less.
 * At most half the window, so that there is room for what is asked.
 */
export function outputLimit(model: string, window: number, configured: number): number {
  return Math.min(
    configured,
    Math.floor(window / 2),
    longestMatch(outputLimits, model) ?? Number.POSITIVE_INFINITY,
  )
}

/**
 * What a model costs; NULL when that is not known, which is not the same as nothing. What answers on one's own machine is free.
 *
 * @param configured MODEL_PRICES: by a model's name as it is configured, or without its maker; counts before what is known here
 */
export function priceOf(
  provider: string,
  model: string,
  configured: Record<string, PricePerMillion> = {},
): Price | null {
  const names = [model, nameOf(model), nameOf(model).replace(RELEASE, '')]
  for (const name of names) {
    const price = Object.hasOwn(configured, name) && configured[name]
    if (price) return pricePerToken(price)
  }
  if (provider === 'demo' || provider === 'ollama') return FREE
  for (const name of names) {
    const price = Object.hasOwn(prices, name) && prices[name]
    if (price) return pricePerToken({ input: price[0], cachedInput: price[1], output: price[2] })
  }
  return null
}

function longestMatch(entries: [prefix: string, tokens: number][], model: string): number | undefined {
  const name = nameOf(model)
  const fitting = entries.filter(([prefix]) => name.startsWith(prefix))
  return fitting.sort(([a], [b]) => b.length - a.length)[0]?.[1]
}

/** A model's name without its maker, which gateways put in front; some write its version with a dot (`claude-haiku-4.5`). */
function nameOf(model: string): string {
  const name = model.slice(model.lastIndexOf('/') + 1).toLowerCase()
  return name.startsWith('claude-') ? name.replaceAll('.', '-') : name
}
