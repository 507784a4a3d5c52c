import { validate } from 'uuid'

/** What an event of an answer's stream is known by: the run, and how much of its answer had come, in UTF-16 units. */
export interface EventId {
  generationId: string
  offset: number
}

/** The `Last-Event-ID` of a reader that comes back; NULL when it is none of ours. */
export function parseEventId(id: string | null): EventId | null {
  const [, generationId = '', offset = ''] = /^([0-9a-f-]{36})\.(\d{1,9})$/.exec(id ?? '') ?? []
  return validate(generationId) ? { generationId, offset: Number(offset) } : null
}
