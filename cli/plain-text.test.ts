import { expect, it } from 'vitest'
import { Failure } from './failure.ts'
import { jsonLine, plainLine, plainText } from './plain-text.ts'

it('takes out what a terminal would obey, and leaves the words', () => {
  expect(plainText('a\u001b[2Jb\u0007\u009b31mc\r\nd\u202ee\tf')).toBe('a[2Jb31mc\nde\tf')
  expect(plainLine('one\n/exit\u2066')).toBe('one /exit')
  expect(new Failure('refused', 'no\u001b]0;x\u0007').message).toBe('no]0;x')
})

it('writes JSON that says everything and drives nothing', () => {
  const value = { text: 'a\u001b[2J\u009b31m\u202e\n“b”' }
  const line = jsonLine(value)
  expect(plainText(line)).toBe(line)
  expect(JSON.parse(line)).toEqual(value)
})
