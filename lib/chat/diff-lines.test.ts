import fc from 'fast-check'
import { expect, test } from 'vitest'
import { type DiffPart, diffLines } from './diff-lines.ts'

function side(parts: DiffPart[], without: DiffPart['kind']): string {
  return parts
    .filter(({ kind }) => kind !== without)
    .flatMap(({ lines }) => lines)
    .join('\n')
}

test('texts that are the same have no difference', () => {
  expect(diffLines('one\ntwo', 'one\ntwo')).toEqual([])
})

test('a changed line stands as what it was and what it is, between its neighbours', () => {
  expect(diffLines('one\ntwo\nthree', 'one\n2\nthree')).toEqual([
    { kind: 'same', lines: ['one'] },
    { kind: 'left', lines: ['two'] },
    { kind: 'right', lines: ['2'] },
    { kind: 'same', lines: ['three'] },
  ])
})

test('what is far from any difference is folded', () => {
  const shared = Array.from({ length: 10 }, (_, index) => `line ${index}`)
  const parts = diffLines(['old', ...shared, 'end'].join('\n'), ['new', ...shared, 'END'].join('\n'))
  expect(parts).toEqual([
    { kind: 'left', lines: ['old'] },
    { kind: 'right', lines: ['new'] },
    { kind: 'same', lines: shared.slice(0, 2) },
    { kind: 'folded', lines: shared.slice(2, 8) },
    { kind: 'same', lines: shared.slice(8) },
    { kind: 'left', lines: ['end'] },
    { kind: 'right', lines: ['END'] },
  ])
  expect(diffLines([...shared, 'old'].join('\n'), [...shared, 'new'].join('\n'))[0]).toEqual({
    kind: 'folded',
    lines: shared.slice(0, 8),
  })
})

test('whatever the texts, the parts add up to each of them', () => {
  const text = fc
    .array(fc.constantFrom('a', 'b', 'c', ''), { maxLength: 30 })
    .map((lines) => lines.join('\n'))
  fc.assert(
    fc.property(text, text, (left, right) => {
      fc.pre(left !== right)
      const parts = diffLines(left, right)
      expect(side(parts, 'right')).toBe(left)
      expect(side(parts, 'left')).toBe(right)
    }),
  )
})
