import { expect, it } from 'vitest'
import { hasFormula } from './math-extension.ts'

it.each(['so $x^2$ is', 'a block\n\n$$\n\\frac{1}{2}\n$$\n', '\\(a\\)', 'first\n\\[\na\n\\]'])(
  '%j has a formula',
  (text) => expect(hasFormula(text)).toBe(true),
)

it.each(['from $5 to $10', 'no formula at all', 'an open $x', '\\(open'])('%j has none', (text) =>
  expect(hasFormula(text)).toBe(false),
)
