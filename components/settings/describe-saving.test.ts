import { expect, it } from 'vitest'
import { RequestError } from '#components/chat/chat-api.ts'
import { describeSaving } from './describe-saving.ts'

it.each([
  ['rest', '', ''],
  ['rest', 'Not saved yet.', 'Not saved yet.'],
  ['saving', 'Not saved yet.', 'Saving…'],
  ['saved', '', 'Saved.'],
  // Typed on while it was saved.
  ['saved', 'Not saved yet.', 'Not saved yet.'],
] as const)('%s with “%s” is “%s”', (state, unsaved, words) => {
  expect(describeSaving({ state, fault: null }, unsaved)).toBe(words)
})

it('leaves the word to what went wrong', () => {
  const fault = new RequestError('unreachable', 'The server cannot be reached.')
  expect(describeSaving({ state: 'rest', fault }, 'Not saved yet.')).toBe('')
})
