import { expect, it } from 'vitest'
import { fallbackTitle } from './fallback-title.ts'

it.each([
  ['Hello there', 'Hello there'],
  ['Is it?', 'Is it?'],
  ['  two\n\nlines\t here  ', 'two lines here'],
  ['# Plan\n- **first** thing\n- [second](https://example.com/x)', 'Plan first thing second'],
  ['Read https://www.example.com/a/b?c=d#e for me.', 'Read example.com for me'],
  ['![a diagram](x.png)', 'a diagram'],
  // The question, not the code it is about; the code when there is nothing else.
  ['```ts\nconst x = 1\n```\nWhy does this fail?', 'Why does this fail?'],
  ['Explain this:\n~~~\nx\n~~~', 'Explain this'],
  ['Explain this:\n```py\nnever closed', 'Explain this'],
  ['```ts\nconst x = 1\n```', 'const x = 1'],
  ['```x``` is slow', 'x is slow'],
  ['🎉', '🎉'],
  ['a\0\ud800b', 'ab'],
  ['', 'New conversation'],
  [' \n\t', 'New conversation'],
  ['```\n```', 'New conversation'],
  ['\0', 'New conversation'],
  ['…', '…'],
  ['...', 'New conversation'],
])('%j becomes %j', (message, title) => {
  expect(fallbackTitle(message)).toBe(title)
})

it('cuts at 60 characters between words', () => {
  expect(fallbackTitle('The quick brown fox jumps over the lazy dog, and then it runs away from here')).toBe(
    'The quick brown fox jumps over the lazy dog, and then it…',
  )
})

it('cuts text without blanks between characters', () => {
  expect(fallbackTitle('漢字'.repeat(100))).toBe(`${'漢字'.repeat(29)}漢…`)
  expect(fallbackTitle('👩‍👩‍👧‍👦'.repeat(40))).toBe(`${'👩‍👩‍👧‍👦'.repeat(8)}…`)
})

it.each([
  ['fences', '```'.repeat(10_000)],
  ['fenced lines', '```\n'.repeat(8000)],
  ['brackets', '['.repeat(32_000)],
  ['blanks', `a${' '.repeat(31_000)}b`],
  ['lines of blanks', `${' '.repeat(100)}\n`.repeat(300)],
])('takes no seconds for a message of %s', (_name, message) => {
  const start = performance.now()
  expect(fallbackTitle(message)).not.toBe('')
  expect(performance.now() - start).toBeLessThan(500)
})
