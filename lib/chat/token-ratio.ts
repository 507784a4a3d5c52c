/** What a model reported, and what was counted here for the same requests: sums in which older calls fade. */
export interface TokenSums {
  counted: number
  reported: number
}

/** Names of models whose tokenizer is o200k_base, the one that is counted with here (openai.com's tiktoken, `model.py`). */
const countedExactly = /^(gpt-(4o|4\.1|4\.5|5|oss)|chatgpt-4o|o[134](-|$))/

/**
 * For every other model until it has reported: others count 10 to 20 % more for the same text as a rule, a few a third
 * more. A request that is too small only sends less history.
 */
const UNKNOWN_TOKENIZER = 1.25

/** How much the first assumption weighs beside what was reported, in tokens. */
const ASSUMED_TOKENS = 1_000
/** A provider that reports less than half or more than thrice what is counted reports something else. */
const BOUNDS = { least: 0.5, most: 3 }
/** Ratios are rounded, so that one that hardly moves does not cut every long message anew. */
const STEP = 0.05

/**
 * How many tokens a model counts for one that is counted here.
 *
 * @param model its name; it may carry its maker in front (`openai/gpt-4o`)
 * @param sums undefined: it has not reported yet
 */
export function tokenRatio(model: string, sums: TokenSums | undefined): number {
  const assumed = countedExactly.test(model.slice(model.lastIndexOf('/') + 1)) ? 1 : UNKNOWN_TOKENIZER
  const { counted, reported } = sums ?? { counted: 0, reported: 0 }
  const ratio = (assumed * ASSUMED_TOKENS + reported) / (ASSUMED_TOKENS + counted)
  const rounded = Math.round(ratio / STEP) * STEP
  return Number(Math.min(BOUNDS.most, Math.max(BOUNDS.least, rounded)).toFixed(2))
}

/** Whether a report says anything about the tokenizer. */
export function isPlausible({ counted, reported }: TokenSums): boolean {
  return counted > 0 && reported >= counted * BOUNDS.least && reported <= counted * BOUNDS.most
}
