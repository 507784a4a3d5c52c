import type { GenerationView } from '#lib/chat/types.ts'

const ends: Partial<Record<GenerationView['status'], string>> = {
  complete: 'has answered',
  truncated: 'was cut off',
  stopped: 'was stopped',
}

/** What a screen reader is told when an answer has ended. */
export function describeEnd(persona: string, { status }: Pick<GenerationView, 'status'>): string {
  return `${persona} ${ends[status] ?? 'could not answer'}.`
}
