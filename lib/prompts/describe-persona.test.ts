import { expect, test } from 'vitest'
import { countTokens } from '#lib/chat/count-tokens.ts'
import { inProject } from '#scripts/launch/project.ts'
import { describePersona } from './describe-persona.ts'
import { loadPromptLibrary } from './library.ts'

const library = loadPromptLibrary(inProject('prompts'))

test('a persona is described as it is composed, with sizes', () => {
  const stack = describePersona(library, 'stoic', 'high')
  const composed = library.composePersona('stoic', 'high')
  expect(stack).toMatchObject({
    ...{ intensity: 'high', text: composed.text, hash: composed.hash, tokens: countTokens(composed.text) },
    persona: { id: 'stoic', label: 'Stoic' },
  })
  expect(stack?.fragments.map(({ path }) => path)).toEqual(composed.fragments.map(({ path }) => path))
  expect(stack?.fragments.at(-1)).toMatchObject({ kind: 'intensity', path: 'intensity/high.md' })
  expect(stack?.fragments.every(({ text, tokens }) => tokens === countTokens(text))).toBe(true)
  const sum = stack?.fragments.reduce((total, { tokens }) => total + tokens, 0) ?? 0
  expect(stack?.tokens).toBeGreaterThanOrEqual(sum - composed.fragments.length)
})

test('without an intensity it has its own; a persona that is not there is NULL', () => {
  expect(describePersona(library, 'casual', null)?.intensity).toBe('low')
  expect(describePersona(library, 'nobody', null)).toBeNull()
  expect(describePersona(library, '__proto__', null)).toBeNull()
})
