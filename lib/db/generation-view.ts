import type { GenerationView } from '#lib/chat/types.ts'

/** The columns of a generation that a person may see. */
export type GenerationRow = GenerationView

/** The part of a generation's row that leaves the server. */
export function generationView(row: GenerationRow): GenerationView {
  return {
    id: row.id,
    status: row.status,
    errorCode: row.errorCode,
    persona: row.persona,
    intensity: row.intensity,
    provider: row.provider,
    model: row.model,
    inputTokens: row.inputTokens,
    outputTokens: row.outputTokens,
    timeToFirstTokenMs: row.timeToFirstTokenMs,
    latencyMs: row.latencyMs,
  }
}
