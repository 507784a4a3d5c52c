import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { TOKENS_PER_MESSAGE } from './context-budget.ts'
import type { ContextLedger } from './context-ledger.ts'
import {
  backlogTokens,
  type FoldableMessage,
  foldAtOnce,
  foldLimit,
  isTooSoon,
  planFold,
  wantsFold,
} from './plan-fold.ts'

/** Questions and answers in turn, each of so many tokens with what a provider adds. */
function turns(count: number, tokens = 100): FoldableMessage[] {
  return Array.from({ length: count * 2 }, (_, index) => ({
    id: String(index),
    role: index % 2 === 0 ? 'user' : 'assistant',
    tokens: tokens - TOKENS_PER_MESSAGE,
  }))
}

const budget = { budget: 1_200, framed: 200 }

describe('planFold', () => {
  it('leaves what fills three quarters of the room', () => {
    expect(planFold(turns(3), budget)).toBe(0)
    expect(planFold([...turns(3), ...turns(1, 75).slice(0, 2)], budget)).toBe(0)
  })

  it('folds the oldest beyond that, until half is left', () => {
    expect(planFold(turns(4), budget)).toBe(4)
    expect(planFold(turns(10), budget)).toBe(16)
  })

  it('never folds the last question and its answer, however large', () => {
    expect(planFold(turns(1, 5_000), budget)).toBe(0)
    expect(planFold(turns(2, 5_000), budget)).toBe(2)
  })

  it('ends with an answer, also where questions stand without one', () => {
    const messages: FoldableMessage[] = [...turns(2), { id: 'q', role: 'user', tokens: 300 }, ...turns(2)]
    const folded = planFold(messages, budget)
    expect(messages[folded - 1]?.role).toBe('assistant')
  })

  it('holds for any conversation: what is folded ends with an answer, and what stays fits half or cannot be less', () => {
    const message = fc.record({
      id: fc.constant('m'),
      role: fc.constantFrom('user' as const, 'assistant' as const),
      tokens: fc.integer({ min: 0, max: 400 }),
    })
    fc.assert(
      fc.property(
        fc.array(message, { maxLength: 30 }),
        fc.integer({ min: 300, max: 5_000 }),
        (messages, size) => {
          const folded = planFold(messages, { budget: size, framed: 100 })
          expect(folded).toBeLessThanOrEqual(Math.max(0, messages.length - 2))
          if (folded > 0) expect(messages[folded - 1]?.role).toBe('assistant')
          const rest = messages.slice(folded)
          expect(folded > 0 && planFold(rest, { budget: size, framed: 100 }) > 0).toBe(false)
        },
      ),
    )
  })
})

describe('foldAtOnce', () => {
  it('takes what fits, up to an answer', () => {
    expect(foldAtOnce(turns(5), 450)).toBe(4)
    expect(foldAtOnce(turns(5), 1_000)).toBe(10)
  })

  it('takes the first question and its answer in any case, each cut to half', () => {
    expect(foldAtOnce(turns(2, 5_000), 300)).toBe(2)
    expect(2 * (foldLimit(300) + TOKENS_PER_MESSAGE)).toBeLessThanOrEqual(300)
  })
})

describe('isTooSoon', () => {
  it('holds until the backlog has grown by a quarter of the room', () => {
    const rejectedAt = backlogTokens(turns(4), 1_200)
    expect(rejectedAt).toBe(800)
    expect(isTooSoon(rejectedAt, backlogTokens(turns(5), 1_200), 1_000)).toBe(true)
    expect(isTooSoon(rejectedAt, 1_050, 1_000)).toBe(false)
  })

  it('is not for a branch that has less', () => {
    expect(isTooSoon(800, 799, 1_000)).toBe(false)
  })
})

describe('wantsFold', () => {
  const ledger: ContextLedger = {
    budget: 1_200,
    prompt: { hash: '', tokens: 196, fragments: [] },
    ...{ instructions: null, summary: null, clearedThroughId: null, leftOut: [], overBudget: null },
    sent: turns(3).map(({ id, tokens }) => ({ messageId: id, tokens, length: 1 })),
    ...{ tokenRatio: 1, totalTokens: 800 },
  }

  it('asks once the answer fills three quarters of what messages may have', () => {
    expect(wantsFold(ledger, 140)).toBe(false)
    expect(wantsFold(ledger, 150)).toBe(true)
  })

  it('reckons as the model counts, and asks when something was left out already', () => {
    expect(wantsFold({ ...ledger, tokenRatio: 1.2, budget: 1_200 }, 10)).toBe(true)
    const range = { fromId: 'a', throughId: 'b', messages: 2, tokens: 10 }
    expect(wantsFold({ ...ledger, overBudget: range }, 1)).toBe(true)
  })
})
