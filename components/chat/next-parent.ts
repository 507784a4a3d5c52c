import type { Transcript } from './transcript.ts'

/** The message that the next one follows; NULL: none. A question whose answers are deleted cannot be followed. */
export function nextParentId(transcript: Transcript): string | null {
  const last = transcript.last()
  return (last?.role === 'user' ? last.parentId : last?.id) ?? null
}
