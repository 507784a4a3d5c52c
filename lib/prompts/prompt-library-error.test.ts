import path from 'node:path'
import { expect, it } from 'vitest'
import { describePromptFault, PromptLibraryError } from './prompt-library-error.ts'

const fault = { file: 'core/identity.md', line: 3, message: 'the fragment is empty' }

it('names files from where the program runs, and others in full', () => {
  expect(describePromptFault(path.resolve('prompts'), fault)).toBe(
    'prompts/core/identity.md:3: the fragment is empty',
  )
  expect(describePromptFault('/etc/stoa', fault)).toBe('/etc/stoa/core/identity.md:3: the fragment is empty')
})

it('lists every fault in its message', () => {
  expect(new PromptLibraryError('/etc/stoa', [fault]).message).toBe(
    'The prompt library has a fault:\n  /etc/stoa/core/identity.md:3: the fragment is empty',
  )
  expect(new PromptLibraryError('/etc/stoa', [fault, { ...fault, line: 4 }]).message).toMatch(
    /has 2 faults:\n.*\n.*:4:/,
  )
})
