import { expect, test } from 'vitest'
import { readPreferences } from './preferences.ts'

const defaults = { persona: null, model: null, density: 'comfortable', enterSends: true, singleKeys: true }

test.each([undefined, null, 'text', {}, []])('%j has every default', (stored) => {
  expect(readPreferences(stored)).toEqual(defaults)
})

test('what is not understood has its default, and the rest is kept', () => {
  expect(readPreferences({ density: 'tiny', enterSends: false, persona: 'casual', gone: 1 })).toEqual({
    ...defaults,
    enterSends: false,
    persona: 'casual',
  })
})
