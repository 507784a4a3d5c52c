import { expect, it } from 'vitest'
import { nextFollowing } from './scroll-follow.ts'

it.each([
  ['going up a little ends it', true, { top: 1000, max: 1000 }, { top: 960, max: 1000 }, false],
  ['going up while text arrives ends it', true, { top: 1000, max: 1000 }, { top: 960, max: 1100 }, false],
  ['text that arrives does not end it', true, { top: 1000, max: 1000 }, { top: 1000, max: 1400 }, true],
  [
    'going down without arriving does not begin it',
    false,
    { top: 100, max: 1000 },
    { top: 500, max: 1000 },
    false,
  ],
  ['arriving begins it', false, { top: 500, max: 1000 }, { top: 995, max: 1000 }, true],
  ['a box that grows does not end it', true, { top: 1000, max: 1000 }, { top: 700, max: 800 }, true],
  ['a box that grows does not begin it', false, { top: 500, max: 1000 }, { top: 500, max: 800 }, false],
])('%s', (_, following, before, now, expected) => {
  expect(nextFollowing(following, before, now)).toBe(expected)
})
