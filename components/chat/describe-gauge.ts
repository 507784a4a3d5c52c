import type { ContextGauge } from '#lib/chat/context-gauge.ts'
import type { NextRequest } from '#lib/chat/estimate-next.ts'
import { formatCount } from '#lib/chat/format-count.ts'
import { formatMoney } from '#lib/chat/money.ts'

interface GaugeDescription {
  /** The sentence that matters. */
  fill: string
  /** `near`: the oldest messages are summarised soon. `full`: more than fits. */
  tone: 'calm' | 'near' | 'full'
  /** Those that there are, in the order in which they are sent. */
  parts: { label: string; tokens: string }[]
  /** What follows from it, and what it costs. */
  sentences: string[]
}

/** From here on the oldest messages are summarised (lib/chat/plan-fold.ts). */
const NEAR = 0.75

/** The next request in words; what in it is an estimate says so. */
export function describeGauge(next: NextRequest, { tokens, budget }: ContextGauge): GaugeDescription {
  const { share, typedTokens } = next
  const tone = share > 1 ? 'full' : share > NEAR ? 'near' : 'calm'
  const parts = [
    { label: 'Persona prompt', tokens: tokens.prompt },
    { label: 'Your instructions', tokens: tokens.instructions },
    { label: 'Summary', tokens: tokens.summary },
    { label: 'Messages', tokens: tokens.messages },
  ].filter((part) => part.tokens > 0)
  return {
    ...{ fill: `With the next message the context is about ${percentOf(share)} % full.`, tone },
    parts: [
      ...parts.map(({ label, tokens: count }) => ({ label, tokens: formatCount(count) })),
      ...(typedTokens > 0 ? [{ label: 'What you write', tokens: `about ${formatCount(typedTokens)}` }] : []),
    ],
    sentences: [
      `About ${formatCount(next.tokens)} of ${formatCount(budget)} tokens.${advices[tone]}`,
      costSentence(next),
    ],
  }
}

const advices = {
  calm: '',
  near: ' Older messages will be summarised soon.',
  full: ' What is oldest is summarised or left out.',
}

function costSentence({ cost, answerTokens }: NextRequest): string {
  if (cost === null) return 'What it costs is not known.'
  if (cost === 0) return 'It costs nothing.'
  return `It costs about ${formatMoney(cost)}, with an answer of about ${formatCount(answerTokens)} tokens.`
}

/** A context can be no fuller than full. */
export function percentOf(share: number): number {
  return Math.min(100, Math.round(100 * share))
}
