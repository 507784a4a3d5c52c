import { validate } from 'uuid'
import type { SearchHit } from '#lib/db/search.ts'
import { AppError } from '#lib/errors.ts'

/** In the order in which they are asked. */
export const searchStageNames = ['list', 'title', 'whole', 'begun', 'meant-title', 'meant'] as const

/** In which of its questions a search stands (search-stages.ts); `list`: it has none. */
export type SearchStage = (typeof searchStageNames)[number]

export interface SearchPlace extends SearchHit {
  stage: SearchStage
}

/** A place in the results as a page keeps it. */
export function writeSearchCursor({ stage, at, conversationId }: SearchPlace): string {
  return `${stage}_${at.toISOString()}_${conversationId}`
}

/** @throws AppError invalid_request for a cursor that this server did not give */
export function readSearchCursor(cursor: string): SearchPlace {
  const [name, time = '', conversationId = ''] = cursor.split('_')
  const stage = searchStageNames.find((each) => each === name)
  const at = new Date(time)
  const isTime = /^[1-9]\d{3}-/.test(time) && !Number.isNaN(at.getTime()) && at.toISOString() === time
  if (!stage || !isTime || !validate(conversationId)) {
    throw new AppError('invalid_request', 'The cursor is not one that this server gave.', { field: 'cursor' })
  }
  return { stage, at, conversationId }
}
