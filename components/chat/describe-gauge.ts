import type { NextRequest } from '#lib/chat/estimate-next.ts'
import { formatMoney } from '#lib/chat/money.ts'

/** The next request in words, the first of them the one that matters; everything in it is an estimate and says so. */
export function describeGauge({ tokens, share, answerTokens, cost }: NextRequest, budget: number): string[] {
  return [
    `The next message fills about ${percentOf(share)} % of the context.`,
    `About ${number(tokens)} of ${number(budget)} tokens.${share > 1 ? ' What is oldest is summarised or left out.' : ''}`,
    cost === null
      ? 'What it costs is not known.'
      : cost === 0
        ? 'It costs nothing.'
        : `It costs about ${formatMoney(cost)}, with an answer of about ${number(answerTokens)} tokens.`,
  ]
}

/** A context can be no fuller than full. */
export function percentOf(share: number): number {
  return Math.min(100, Math.round(100 * share))
}

function number(value: number): string {
  return value.toLocaleString('en')
}
