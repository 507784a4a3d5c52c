import { describe, expect, test } from 'vitest'
import { createContinuationJoiner, endingOf } from './join-continuation.ts'

/** What is appended when the continuation comes in pieces of `size` units. */
function join(before: string, continuation: string, size = 3): string {
  const joiner = createContinuationJoiner(before)
  let appended = ''
  for (let at = 0; at < continuation.length; at += size)
    appended += joiner.push(continuation.slice(at, at + size))
  return appended + joiner.end(false)
}

describe('createContinuationJoiner', () => {
  const before = 'The quick brown fox jumps over the la'

  test.each([1, 3, 7, 100])('leaves out what is said once more, in pieces of %i', (size) => {
    expect(join(before, 'jumps over the lazy dog.', size)).toBe('zy dog.')
    expect(join(before, '\n\njumps over the lazy dog.', size)).toBe('zy dog.')
    expect(join(before, 'zy dog.', size)).toBe('zy dog.')
  })

  test('leaves out a repeat of the whole', () => {
    expect(join('The fox', 'The fox jumps.')).toBe(' jumps.')
    expect(join(before, before)).toBe('')
  })

  test('keeps what only looks like a repeat', () => {
    expect(join('sand', 'and more')).toBe('and more')
    expect(join('He said no, no', ' no, and left.')).toBe(' no, and left.')
    expect(join(before, 'jumps over the moon.')).toBe('jumps over the moon.')
  })

  test('puts a space where a new sentence would stick to the last', () => {
    expect(join('It ended.', 'It began anew.')).toBe(' It began anew.')
    expect(join('It ended. ', 'It began anew.')).toBe('It began anew.')
    expect(join('It ended.\n\n', '- a point')).toBe('- a point')
  })

  test('lets text through at once when its beginning is no repeat', () => {
    const joiner = createContinuationJoiner(before)
    expect(joiner.push('zy')).toBe('zy')
    expect(joiner.push(' dog')).toBe(' dog')
    expect(joiner.end(false)).toBe('')
  })

  test('of a beginning that was cut off in the middle of its repeat nothing is kept', () => {
    const joiner = createContinuationJoiner(before)
    expect(joiner.push('jumps over')).toBe('')
    expect(joiner.end(true)).toBe('')
  })

  test('a continuation of blanks adds nothing', () => {
    expect(join(before, '  \n ')).toBe('')
  })
})

describe('endingOf', () => {
  test('is a short text itself', () => {
    expect(endingOf('Not much')).toBe('Not much')
  })

  test('begins with a whole word', () => {
    const ending = endingOf('word '.repeat(40))
    expect(ending.length).toBeLessThanOrEqual(80)
    expect(ending.startsWith('word')).toBe(true)
  })

  test('takes what there is of a text without blanks', () => {
    expect(endingOf('漢'.repeat(200))).toBe('漢'.repeat(80))
  })
})
