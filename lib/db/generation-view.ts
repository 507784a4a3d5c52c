import type { GenerationView } from '#lib/chat/types.ts'
import { Prisma } from './generated/client.ts'

/** What an answer's runs add up to. */
const summed = ['inputTokens', 'outputTokens', 'latencyMs'] as const
type Summed = (typeof summed)[number]

/**
 * The columns of a generation that a person may see. The ledger is not among them: it names every message that was
 * sent, so that reading it with each answer would cost the square of a conversation's length.
 */
const viewSelect = {
  id: true,
  status: true,
  errorCode: true,
  retryAt: true,
  persona: true,
  intensity: true,
  provider: true,
  model: true,
  fallbackFrom: true,
  timeToFirstTokenMs: true,
} as const satisfies Prisma.GenerationSelect &
  Record<keyof Omit<GenerationView, Summed | 'retryInSeconds'>, true>

/**
 * Those columns in SQL, with what the answer's earlier runs took added. It is the earlier ones that are asked for, and not
 * all: the statement that ends a run does not see what it writes.
 *
 * @param run the name under which the statement has the generation
 */
export function viewColumns(run: 'generation' | 'finished'): Prisma.Sql {
  const own = Object.keys(viewSelect).map((column) => `${run}."${column}"`)
  const sums = summed.map(
    (column) => `${run}."${column}" + (
      SELECT CASE WHEN count(*) = count(earlier."${column}") THEN coalesce(sum(earlier."${column}"), 0)::int END
      FROM generation earlier
      WHERE earlier."messageId" = ${run}."messageId" AND earlier."startedAt" < ${run}."startedAt"
    ) AS "${column}"`,
  )
  const wait = `CASE WHEN ${run}."retryAt" > clock_timestamp()
    THEN extract(epoch FROM ${run}."retryAt" - clock_timestamp())::float END AS "retryInSeconds"`
  return Prisma.raw([...own, ...sums, wait].join(', '))
}

/** Those columns as they are read; within JSON, a time is text. */
export type GenerationRow = Omit<GenerationView, 'retryAt'> & { retryAt: Date | string | null }

/** The part of a generation that leaves the server. */
export function generationView(row: GenerationRow): GenerationView {
  return { ...row, retryAt: row.retryAt && new Date(row.retryAt).toISOString() }
}
