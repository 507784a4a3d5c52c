import type { GenerationView } from '#lib/chat/types.ts'
import { Prisma } from './generated/client.ts'

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
  inputTokens: true,
  outputTokens: true,
  timeToFirstTokenMs: true,
  latencyMs: true,
} as const satisfies Prisma.GenerationSelect & Record<keyof GenerationView, true>

/** Those columns in SQL. */
export const viewColumns = Prisma.raw(
  Object.keys(viewSelect)
    .map((column) => `"${column}"`)
    .join(', '),
)

/** Those columns as they are read; within JSON, a time is text. */
export type GenerationRow = Omit<GenerationView, 'retryAt'> & { retryAt: Date | string | null }

/** The part of a generation that leaves the server. */
export function generationView(row: GenerationRow): GenerationView {
  return { ...row, retryAt: row.retryAt && new Date(row.retryAt).toISOString() }
}
