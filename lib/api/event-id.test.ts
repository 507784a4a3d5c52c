import { expect, it } from 'vitest'
import { parseEventId } from './event-id.ts'

const generationId = '0197c3a2-7d1e-7c3a-9b1e-2f6d1c0a4b5e'

it.each([
  [`${generationId}.12`, { generationId, offset: 12 }],
  [`${generationId}.`, null],
  [`${generationId}.-1`, null],
  ['12', null],
  ['', null],
  [null, null],
])('%j is %j', (id, parsed) => {
  expect(parseEventId(id)).toEqual(parsed)
})
