import { csvRow } from '#lib/chat/csv-row.ts'
import { MICROCENTS_PER_DOLLAR } from '#lib/chat/money.ts'
import { listUsageCalls, type UsageCall } from '#lib/db/usage-report.ts'

const columns = [
  ...['time', 'kind', 'provider', 'model', 'persona', 'conversation', 'title', 'outcome', 'input_tokens'],
  ...['cached_input_tokens', 'output_tokens', 'reasoning_tokens', 'cost_usd'],
  ...['time_to_first_token_ms', 'latency_ms'],
]

/** A person's calls since then as a table, piece by piece; what is not known is an empty cell. */
export async function* usageCsv(userId: string, from: Date): AsyncGenerator<string> {
  yield csvRow(columns)
  let last: UsageCall | null = null
  do {
    const page: UsageCall[] = await listUsageCalls(userId, from, last)
    if (page.length > 0) yield page.map(lineOf).join('')
    last = page.at(-1) ?? null
  } while (last)
}

function lineOf(call: UsageCall): string {
  return csvRow([
    ...[
      call.createdAt.toISOString(),
      call.kind,
      call.provider,
      call.model,
      call.persona,
      call.conversationId,
    ],
    ...[call.title, call.outcome, call.inputTokens, call.cachedInputTokens, call.outputTokens],
    ...[call.reasoningTokens, call.cost === null ? null : dollars(call.cost)],
    ...[call.timeToFirstTokenMs, call.latencyMs],
  ])
}

/** Exact, and never as `1e-8`. */
function dollars(cost: bigint): string {
  const unit = BigInt(MICROCENTS_PER_DOLLAR)
  return `${cost / unit}.${String(cost % unit).padStart(8, '0')}`
}
