import type { ContextGauge } from '#lib/chat/context-gauge.ts'
import type { ConversationStats } from '#lib/chat/conversation-stats.ts'
import { formatDay } from '#lib/chat/format-day.ts'
import { formatMoney } from '#lib/chat/money.ts'

interface StatLine {
  label: string
  value: string
  /** A quiet line under it. */
  note?: string
}

/** How full the context of the next message would be. */
interface ContextFill {
  tokens: number
  budget: number
  model: string
}

/** What a conversation has come to, in words; what is not known is said to be so. */
export function describeStats(stats: ConversationStats, context: ContextFill): StatLine[] {
  const { messages, otherMessages, messagesSinceClear, calls, callsWithoutTokens, callsWithoutCost } = stats
  return [
    { label: 'Model', value: context.model },
    {
      label: 'Messages',
      value: number(messages),
      ...noteOf(
        messagesSinceClear !== null && `${number(messagesSinceClear)} since the context started afresh`,
        otherMessages > 0 && `${number(otherMessages)} more in other versions`,
      ),
    },
    fill(context),
    { label: 'Summary', value: stats.summaryVersion === null ? 'None' : `Version ${stats.summaryVersion}` },
    {
      label: 'Tokens sent',
      value: tokens(stats.inputTokens, stats),
      ...noteOf(
        stats.cachedInputTokens > 0 && `${number(stats.cachedInputTokens)} of them cached`,
        callsWithoutTokens > 0 &&
          callsWithoutTokens < calls &&
          `not reported for ${ofCalls(callsWithoutTokens, calls)}`,
      ),
    },
    { label: 'Tokens received', value: tokens(stats.outputTokens, stats) },
    {
      label: 'Cost',
      value: callsWithoutCost > 0 && callsWithoutCost >= calls ? formatMoney(null) : formatMoney(stats.cost),
      ...noteOf(
        callsWithoutCost > 0 && callsWithoutCost < calls && `unknown for ${ofCalls(callsWithoutCost, calls)}`,
      ),
    },
    { label: 'Since', value: formatDay(stats.createdAt) },
  ]
}

/** How full a context is that a gauge tells of. */
export function contextFill({ tokens: held, budget, model }: ContextGauge): ContextFill {
  const { prompt, instructions, summary, messages } = held
  return { tokens: prompt + instructions + summary + messages, budget, model: model.model }
}

function fill({ tokens: held, budget }: ContextFill): StatLine {
  const share = Math.round((100 * held) / budget)
  return { label: 'Context', value: `${share} % full`, note: `${number(held)} of ${number(budget)} tokens` }
}

function tokens(count: number, { calls, callsWithoutTokens }: ConversationStats): string {
  return callsWithoutTokens > 0 && callsWithoutTokens >= calls ? 'unknown' : number(count)
}

function ofCalls(some: number, all: number): string {
  return `${number(some)} of ${number(all)} calls`
}

function noteOf(...notes: (string | false)[]): { note?: string } {
  const said = notes.filter((note) => note !== false)
  return said.length > 0 ? { note: said.join(', ') } : {}
}

function number(value: number): string {
  return value.toLocaleString('en')
}
