import type { Answer } from '#lib/api/chat.ts'
import type { ApiStats } from '#lib/api/stats.ts'
import { describeStats } from '#lib/chat/describe-stats.ts'
import { formatMoney, microcents } from '#lib/chat/money.ts'
import { describeDuration } from '#lib/chat/usage-report.ts'
import { plainLine } from './plain-text.ts'

const ends = { complete: '', truncated: 'cut off by its limit, ', stopped: 'stopped, ' }

/** What an answer took, in a line. */
export function describeAnswer({ status, model, usage, cost, latencyMs }: Answer): string {
  const tokens =
    usage.inputTokens === null || usage.outputTokens === null
      ? 'tokens unknown'
      : `${usage.inputTokens.toLocaleString('en')} + ${usage.outputTokens.toLocaleString('en')} tokens`
  const seconds = latencyMs === null ? [] : [describeDuration(latencyMs)]
  return `${ends[status]}${[plainLine(model), tokens, describeCost(cost), ...seconds].join(', ')}`
}

/** Dollars in words; NULL is unknown, never nothing. */
function describeCost(dollars: number | null): string {
  return dollars === null ? 'cost unknown' : formatMoney(microcents(dollars))
}

/** What a conversation has come to, in lines. */
export function statLines({ context, cost, ...stats }: ApiStats): string[] {
  return describeStats({ ...stats, cost: microcents(cost) }, context).map(
    ({ label, value, note }) => `${label.padEnd(16)} ${plainLine(value)}${note ? ` (${note})` : ''}`,
  )
}
