import { describe, expect, it } from 'vitest'
import { fillVariables, findVariables } from './fill-variables.ts'

describe('fillVariables', () => {
  it.each<[string, Record<string, string>, string]>([
    ['Name {input}.', { input: 'this' }, 'Name this.'],
    ['{input} and {input}', { input: 'one' }, 'one and one'],
    ['{a}{b}', { a: '{b}', b: '{a}' }, '{b}{a}'],
    ['{a}', { a: '$& $1 $` $$' }, '$& $1 $` $$'],
    ['{a}', { a: '' }, ''],
    ['{{a}} {', { a: 'x' }, '{x} {'],
    ['{ a } {A} {b} {} { "a": 1 }', { a: 'x' }, '{ a } {A} {b} {} { "a": 1 }'],
    ['{constructor} {__proto__}', {}, '{constructor} {__proto__}'],
  ])('%j with %j gives %j', (text, values, filled) => {
    expect(fillVariables(text, values)).toBe(filled)
  })
})

describe('findVariables', () => {
  it('finds them with their lines', () => {
    expect(findVariables('{a}\r\n\n- {b_c}, ({d})')).toEqual([
      { name: 'a', line: 1 },
      { name: 'b_c', line: 3 },
      { name: 'd', line: 3 },
    ])
  })

  it.each([`\${x}`, '{{x}}', String.raw`\frac{a}{b}`, 'x_{n} x^{n}', '{ x }', '{X}', '{1}', '{}', '{"a":1}'])(
    'leaves %s alone',
    (text) => {
      expect(findVariables(text)).toEqual([])
    },
  )
})
