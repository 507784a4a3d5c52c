import { expect, test } from 'vitest'
import { offeredPreferences } from './offered-preferences.ts'
import { readPreferences } from './preferences.ts'

const offer = { personas: [{ id: 'stoic' }], models: [{ provider: 'openai', model: 'gpt' }] }

test('what is on offer is kept, with everything else that was chosen', () => {
  const chosen = readPreferences({ persona: 'stoic', model: 'openai:gpt', enterSends: false })
  expect(offeredPreferences(chosen, offer)).toEqual(chosen)
})

test('a persona or a model that is gone gives way to the usual one', () => {
  const chosen = readPreferences({ persona: 'gone', model: 'anthropic:gpt', density: 'compact' })
  expect(offeredPreferences(chosen, offer)).toEqual(readPreferences({ density: 'compact' }))
})
