/** Why a text is no summary. */
export type SummaryFault = 'empty' | 'too_short' | 'too_long' | 'truncated' | 'refusal'

export const MIN_SUMMARY_LENGTH = 10

/** The share of a request's budget that a summary may take. */
const SUMMARY_SHARE = 1 / 4

/** The most tokens that a summary may have, in a conversation whose requests have so many. */
export function summaryLimit(budget: number): number {
  return Math.floor(budget * SUMMARY_SHARE)
}

/** A word has about 1.3 tokens in English and more elsewhere: asked for so many words, a model stays within the limit. */
const WORDS_PER_TOKEN = 0.5
const MOST_WORDS = 600

/** How many words a model is asked to keep to. */
export function summaryWords(limit: number): number {
  return Math.max(20, Math.min(MOST_WORDS, Math.floor(limit * WORDS_PER_TOKEN)))
}

const reasoning = /<(think|thinking|reasoning)>[\s\S]*?<\/\1>/gi
/** Some models begin to think before the request ends, so that only the end of the block is in their answer. */
const headlessReasoning = /^[\s\S]*<\/(think|thinking|reasoning)>/i
/** What remains of a block that was never closed is no summary either. */
const openReasoning = /<(think|thinking|reasoning)>[\s\S]*$/i

/** What a model wrote, without its reasoning and without tags or fences around the whole. */
export function cleanSummary(text: string): string {
  return text
    .replace(reasoning, '')
    .replace(headlessReasoning, '')
    .replace(openReasoning, '')
    .trim()
    .replace(/^```(?:markdown|md)?\n([\s\S]*)\n```$/, '$1')
    .replace(/^<summary>([\s\S]*)<\/summary>$/i, '$1')
    .trim()
}

/** How texts begin that are about the request, or the failure of it, and not about the conversation. */
const refusals = [
  /^(i'm |i am )?(very )?sorry\b[^.]*\b(can't|cannot|can’t|unable|not able|won't)/i,
  /^i (can't|cannot|can’t|am unable to|am not able to|won't) /i,
  /^as an ai\b/i,
  /^(internal server |api |fatal )?error\b\s*[:(\d]/i,
  /^\{\s*"error"/i,
  /^<!doctype html|^<html/i,
]

/**
 * What is wrong with a cleaned text as a summary; null: nothing.
 *
 * @param tokens of the text
 * @param limit the most it may have
 */
export function findSummaryFault(
  text: string,
  { tokens, limit, isTruncated }: { tokens: number; limit: number; isTruncated: boolean },
): SummaryFault | null {
  if (text === '') return 'empty'
  if (isTruncated) return 'truncated'
  if (text.length < MIN_SUMMARY_LENGTH) return 'too_short'
  if (refusals.some((refusal) => refusal.test(text))) return 'refusal'
  return tokens > limit ? 'too_long' : null
}
