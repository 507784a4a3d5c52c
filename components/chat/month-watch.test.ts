import { expect, it } from 'vitest'
import type { MonthSpending } from '#lib/chat/month-spending.ts'
import { RequestError } from './chat-api.ts'
import { MonthWatch } from './month-watch.ts'
import { storageOf } from './testing/conversation-set-up.ts'

const resetsAt = '2026-12-01T00:00:00.000Z'

function watch(budget: number | null = 100) {
  const replies: (number | RequestError)[] = []
  const asked: number[] = []
  const kept = new Map<string, string>()
  const open = () =>
    new MonthWatch(
      {
        async month(): Promise<MonthSpending> {
          const reply = replies.shift()
          if (reply === undefined) throw new Error('The test has arranged no reply.')
          if (reply instanceof Error) throw reply
          asked.push(reply)
          return { spent: reply, budget, resetsAt }
        },
      },
      'u1',
      () => storageOf(kept),
    )
  return { replies, asked, open, month: open() }
}

it('warns from 80 % on, anew after each answer', async () => {
  const { month, replies } = watch()
  replies.push(79, 84, 100)
  await month.read()
  expect(month.warning.get()).toBeNull()
  await month.answered()
  expect(month.warning.get()).toEqual({ percent: 84, resetsAt })
  await month.answered()
  expect(month.warning.get()).toMatchObject({ percent: 100 })
})

it('asks no more for who has no budget', async () => {
  const { month, replies, asked } = watch(null)
  await month.answered()
  replies.push(5)
  await month.read()
  await month.answered()
  expect(asked).toEqual([5])
  expect(month.warning.get()).toBeNull()
})

it('is silent for the session once it was dismissed, until the budget is used up', async () => {
  const { open, month, replies } = watch()
  replies.push(85, 90)
  await month.read()
  month.dismiss()
  expect(month.warning.get()).toBeNull()
  await month.answered()
  expect(month.warning.get()).toBeNull()

  const afterReload = open()
  replies.push(95, 100)
  await afterReload.read()
  expect(afterReload.warning.get()).toBeNull()
  await afterReload.answered()
  expect(afterReload.warning.get()).toMatchObject({ percent: 100 })
})

it('keeps what it knows when the server cannot be asked', async () => {
  const { month, replies } = watch()
  replies.push(90, new RequestError('unreachable', 'Away.'))
  await month.read()
  await month.answered()
  expect(month.warning.get()).toMatchObject({ percent: 90 })
})
