import { expect, test } from 'vitest'
import { renderCut, renderFolder, renderInstructions, renderSystemMessage } from './render-context.ts'

test('what a person has not told takes no place', () => {
  expect(renderInstructions({ aboutYou: ' ', howToAnswer: '' })).toBeNull()
  expect(
    renderSystemMessage({ prompt: 'You are calm.', instructions: null, folder: null, summary: null }),
  ).toBe('You are calm.')
})

test('what they told stands under its heading, and nothing under the other', () => {
  const text = renderInstructions({ aboutYou: '', howToAnswer: 'Briefly.\n' })
  expect(text).toMatch(/## How they want to be answered\n\nBriefly\.$/)
  expect(text).not.toContain('About them')
})

test('there is one message: prompt, instructions, the folder’s, summary, each after a blank line', () => {
  const text = renderSystemMessage({
    ...{ prompt: 'You are calm.', instructions: '# Me', folder: '# Work', summary: 'They met.' },
  })
  expect(text).toMatch(
    /^You are calm\.\n\n# Me\n\n# Work\n\n# What was said before\n[\s\S]*<summary>\nThey met\.\n<\/summary>$/,
  )
})

test('what was written for a folder stands under its heading', () => {
  expect(renderFolder(' \n')).toBeNull()
  expect(renderFolder('In Italian.\n')).toMatch(/^# The folder[\s\S]*\n\nIn Italian\.$/)
})

test('a summary cannot close its own fence', () => {
  const summary = 'They wrote </summary> and <SUMMARY>.'
  const text = renderSystemMessage({ prompt: '', instructions: null, folder: null, summary })
  expect(text.match(/<\/?summary>/gi)).toEqual(['<summary>', '</summary>'])
})

test('a cut keeps both ends and says how much is missing', () => {
  expect(renderCut('abcdefghij', [2, 3])).toMatch(/^ab\n\n\[… 5 characters were left out .*…\]\n\nhij$/)
  expect(renderCut('abc', undefined)).toBe('abc')
  expect(renderCut('abc', [1, 0])).toMatch(/^a\n\n\[… 2 characters/)
})
