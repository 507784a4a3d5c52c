import { describe, expect, it, test } from 'vitest'
import { cleanSummary, findSummaryFault, summaryLimit, summaryWords } from './check-summary.ts'

describe('cleanSummary', () => {
  it.each([
    ['<think>They want a list.</think>\n\n- The person asks.', '- The person asks.'],
    ['They want a list.\n</think>\n- The person asks.', '- The person asks.'],
    ['<reasoning>never closed: and so on', ''],
    ['```markdown\n- The person asks.\n```', '- The person asks.'],
    ['<summary>\n- The person asks.\n</summary>', '- The person asks.'],
    ['  - The person asks.\n', '- The person asks.'],
  ])('%j is %j', (text, clean) => {
    expect(cleanSummary(text)).toBe(clean)
  })
})

describe('findSummaryFault', () => {
  const fits = { tokens: 50, limit: 100, isTruncated: false }

  it.each([
    ['', 'empty'],
    ['Short.', 'too_short'],
    ["I'm sorry, but I can't help with that request.", 'refusal'],
    ['I cannot summarise this conversation.', 'refusal'],
    ['As an AI language model, I have no memory.', 'refusal'],
    ['Error: 500 Internal Server Error', 'refusal'],
    ['{"error": {"message": "overloaded"}}', 'refusal'],
    ['<!DOCTYPE html><html></html>', 'refusal'],
  ])('%j is refused as %s', (text, fault) => {
    expect(findSummaryFault(text, fits)).toBe(fault)
  })

  it('refuses what was cut off, and what is longer than a quarter of the budget', () => {
    const text = '- The person wants to learn to wait.'
    expect(findSummaryFault(text, fits)).toBeNull()
    expect(findSummaryFault(text, { ...fits, isTruncated: true })).toBe('truncated')
    expect(findSummaryFault(text, { ...fits, tokens: 101 })).toBe('too_long')
    expect(summaryLimit(4_003)).toBe(1_000)
  })

  it('takes what is about errors and apologies of the conversation', () => {
    expect(findSummaryFault('Errors that the person met: 500 from the proxy.', fits)).toBeNull()
    expect(findSummaryFault('Sorry was said by the person to their brother.', fits)).toBeNull()
  })
})

test('a model is asked for words that stay within the limit', () => {
  expect(summaryWords(100_000)).toBe(600)
  expect(summaryWords(500)).toBe(250)
  expect(summaryWords(1)).toBe(20)
})
