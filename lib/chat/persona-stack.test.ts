import { expect, test } from 'vitest'
import { compareStacks, fragmentKind, type PersonaStack } from './persona-stack.ts'

function stackOf(paths: Record<string, number>): PersonaStack {
  return {
    persona: { id: 'x', label: 'X', description: '', intensity: 'low', starters: [] },
    ...{ intensity: 'low', text: '', tokens: 0, hash: '' },
    fragments: Object.entries(paths).map(([path, tokens]) => ({
      ...{ path, tokens, text: path, kind: fragmentKind(path) },
    })),
  }
}

test('files that both have stand once, others beside what they take the place of', () => {
  const left = stackOf({
    'base/default.md': 5,
    'core/identity.md': 7,
    'styles/stoic.md': 3,
    'intensity/low.md': 2,
  })
  const right = stackOf({
    'base/default.md': 5,
    'styles/casual.md': 4,
    'rules/safety.md': 9,
    'intensity/low.md': 2,
  })
  expect(compareStacks(left, right)).toEqual([
    { kind: 'base', path: 'base/default.md', leftTokens: 5, rightTokens: 5 },
    { kind: 'core', path: 'core/identity.md', leftTokens: 7, rightTokens: null },
    { kind: 'styles', path: 'styles/stoic.md', leftTokens: 3, rightTokens: null },
    { kind: 'styles', path: 'styles/casual.md', leftTokens: null, rightTokens: 4 },
    { kind: 'intensity', path: 'intensity/low.md', leftTokens: 2, rightTokens: 2 },
    { kind: 'rules', path: 'rules/safety.md', leftTokens: null, rightTokens: 9 },
  ])
})
