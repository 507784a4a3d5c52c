import { createHash } from 'node:crypto'
import { describe, expect, it } from 'vitest'
import { composePrompt, normalizeFragment } from './compose-prompt.ts'

describe('normalizeFragment', () => {
  it.each([
    ['one\r\ntwo\r\n', 'one\ntwo'],
    ['one\rtwo', 'one\ntwo'],
    ['\n \t\n  indented\n\n\n', '  indented'],
    ['text  \n\t\n', 'text'],
    ['\n\n', ''],
  ])('%j becomes %j', (text, normalized) => {
    expect(normalizeFragment(text)).toBe(normalized)
  })
})

describe('composePrompt', () => {
  const fragments = [
    { path: 'base/a.md', text: 'First {input}' },
    { path: 'core/b.md', text: 'Second {input}' },
  ]

  it('joins the fragments by one blank line, and hashes the text', () => {
    const { text, hash } = composePrompt(fragments, { input: 'one' })
    expect(text).toBe('First one\n\nSecond one')
    expect(hash).toBe(createHash('sha256').update('First one\n\nSecond one', 'utf8').digest('hex'))
  })

  it('tells which part of the text is from where', () => {
    const { text, fragments: parts } = composePrompt(fragments, { input: '{input}\n\n' })
    expect(parts.map((part) => part.path)).toEqual(['base/a.md', 'core/b.md'])
    expect(parts.map((part) => part.text).join('\n\n')).toBe(text)
  })

  it('leaves braces alone without variables', () => {
    expect(composePrompt(fragments).text).toBe('First {input}\n\nSecond {input}')
  })
})
