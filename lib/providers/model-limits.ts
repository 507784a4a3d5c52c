/**
 * Context windows in tokens, by the beginning of a model's name; the first that fits counts.
 * Sources: the providers' model pages (platform.openai.com/docs/models, docs.anthropic.com/en/docs/about-claude/models).
 * Where models of one family differ the smallest is given: a window that is too small only sends less history.
 */
const windows: [prefix: string, tokens: number][] = [
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
]

/** The longest answer in tokens, of models that refuse to be asked for more than that (same sources). */
const outputLimits: [prefix: string, tokens: number][] = [
  ['gpt-4-turbo', 4_096],
  ['gpt-3.5', 4_096],
  ['gpt-4o', 16_384],
]

/** Ollama gives every model this window unless its OLLAMA_CONTEXT_LENGTH says otherwise (its FAQ). */
const OLLAMA_DEFAULT_WINDOW = 4_096

/** For a model that is not known here; MODEL_CONTEXT_WINDOW says better. */
const UNKNOWN_WINDOW = 32_000

/** The context window of a model in tokens. Names may carry their maker in front (`openai/gpt-4o`). */
export function contextWindow(provider: string, model: string): number {
  if (provider === 'ollama') return OLLAMA_DEFAULT_WINDOW
  return limitOf(windows, model) ?? UNKNOWN_WINDOW
}

/**
 * The output limit in tokens that a model is asked for: the configured one, or less where the model takes less.
 * At most half the window, so that there is room for what is asked.
 */
export function outputLimit(model: string, window: number, configured: number): number {
  return Math.min(
    configured,
    Math.floor(window / 2),
    limitOf(outputLimits, model) ?? Number.POSITIVE_INFINITY,
  )
}

function limitOf(limits: [prefix: string, tokens: number][], model: string): number | undefined {
  const name = model.slice(model.lastIndexOf('/') + 1)
  return limits.find(([prefix]) => name.startsWith(prefix))?.[1]
}
