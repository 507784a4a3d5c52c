import { expect, it, vi } from 'vitest'
import { KeptChoice } from './kept-choice.ts'

function setUp() {
  const replies: ((isStored: boolean) => void)[] = []
  const onShown = vi.fn()
  const choice = new KeptChoice({
    stored: 'one',
    onShown,
    save: () => new Promise<boolean>((resolve) => replies.push(resolve)),
  })
  const shown = () => choice.shown.get()
  return { choice, replies, shown, onShown }
}

it('is shown at once, and falls back to what is stored', async () => {
  const { choice, replies, shown, onShown } = setUp()
  const choosing = choice.choose('two')
  expect(shown()).toBe('two')
  replies[0]?.(false)
  await choosing
  expect(shown()).toBe('one')
  expect(onShown.mock.calls).toEqual([['two'], ['one']])
})

it('is not undone by an earlier one that failed', async () => {
  const { choice, replies, shown } = setUp()
  const both = [choice.choose('two'), choice.choose('three')]
  replies[0]?.(false)
  await both[0]
  expect(shown()).toBe('three')
  replies[1]?.(true)
  await both[1]
  expect(shown()).toBe('three')
})

it('never falls back to one that was not stored', async () => {
  const { choice, replies, shown } = setUp()
  const both = [choice.choose('two'), choice.choose('three')]
  for (const reply of replies) reply(false)
  await Promise.all(both)
  expect(shown()).toBe('one')
})
