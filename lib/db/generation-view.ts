import type { GenerationView } from '#lib/chat/types.ts'

/** The columns of a generation that a person may see; as JSON, a time is text. */
export type GenerationRow = Omit<GenerationView, 'retryAt'> & { retryAt: Date | string | null }

/** The part of a generation's row that leaves the server. */
export function generationView(row: GenerationRow): GenerationView {
  return {
    id: row.id,
    status: row.status,
    errorCode: row.errorCode,
    retryAt: row.retryAt && new Date(row.retryAt).toISOString(),
    persona: row.persona,
    intensity: row.intensity,
    provider: row.provider,
    model: row.model,
    fallbackFrom: row.fallbackFrom,
    inputTokens: row.inputTokens,
    outputTokens: row.outputTokens,
    timeToFirstTokenMs: row.timeToFirstTokenMs,
    latencyMs: row.latencyMs,
  }
}
