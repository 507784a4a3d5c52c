import { expect, it, vi } from 'vitest'
import { RequestError } from '#components/chat/chat-api.ts'
import type { SummaryPage, SummaryVersion } from '#lib/chat/types.ts'
import { SummaryReader } from './summary-reader.ts'

const version = (number: number): SummaryVersion => ({
  ...{ id: `s${number}`, version: number, throughMessageId: 'm', text: 'It was said.', tokens: 4 },
  ...{ author: 'model', provider: 'openai', model: 'small', basedOnVersion: null, restoredFromVersion: null },
  ...{
    fromMessageId: 'a',
    foldedMessages: 2,
    coveredMessages: 6,
    createdAt: '',
    isActive: false,
    canHold: true,
  },
})

const pageOf = (numbers: number[], nextBefore: number | null = null): SummaryPage => ({
  versions: numbers.map(version),
  nextBefore,
})

function setUp() {
  const replies: PromiseWithResolvers<SummaryPage>[] = []
  const next = () => {
    const reply = Promise.withResolvers<SummaryPage>()
    replies.push(reply)
    return reply.promise
  }
  const edit = vi.fn(next)
  const reader = new SummaryReader('c1', { list: next, edit })
  const numbers = () => reader.page.get()?.versions.map((shown) => shown.version)
  return { reader, replies, next, edit, numbers }
}

it('asks for one change at a time, also while it is read again', async () => {
  const { reader, replies, next, numbers } = setUp()
  const remaking = reader.change(next)
  const reading = reader.read()
  replies[1]?.resolve(pageOf([1]))
  await reading
  expect(reader.isBusy.get()).toBe(true)
  expect(await reader.change(next)).toBe(false)
  replies[0]?.resolve(pageOf([2, 1]))
  expect(await remaking).toBe(true)
  expect([numbers(), reader.isBusy.get(), replies.length]).toEqual([[2, 1], false, 2])
})

it('drops a reading that began before a change was made', async () => {
  const { reader, replies, next, numbers } = setUp()
  const reading = reader.read()
  const changing = reader.change(next)
  replies[1]?.resolve(pageOf([2, 1]))
  await changing
  replies[0]?.resolve(pageOf([1]))
  await reading
  expect(numbers()).toEqual([2, 1])
})

it('adds older versions once, however often they are asked for', async () => {
  const { reader, replies, numbers } = setUp()
  const reading = reader.read()
  replies[0]?.resolve(pageOf([4, 3], 3))
  await reading
  const both = [reader.more(), reader.more()]
  replies[1]?.resolve(pageOf([2, 1]))
  await Promise.all(both)
  expect([numbers(), replies.length]).toEqual([[4, 3, 2, 1], 2])
})

it('says why something could not be read or changed, and can be asked again', async () => {
  const { reader, replies, next } = setUp()
  const refusal = new RequestError('unreachable', 'The server cannot be reached.')
  const reading = reader.read()
  replies[0]?.reject(refusal)
  await reading
  expect(reader.fault.get()).toBe('The server cannot be reached.')
  const changing = reader.change(next)
  expect(reader.fault.get()).toBeNull()
  replies[1]?.reject(refusal)
  expect(await changing).toBe(false)
  expect([reader.fault.get(), reader.isBusy.get()]).toEqual(['The server cannot be reached.', false])
})

it('saves a text as of the version that was rewritten, not of one that was folded meanwhile', async () => {
  const { reader, replies, edit } = setUp()
  reader.editing.set(version(1))
  const reading = reader.read()
  replies[0]?.resolve(pageOf([2, 1]))
  await reading
  const saving = reader.saveEdited('In my words.')
  expect(edit).toHaveBeenCalledExactlyOnceWith('c1', 'In my words.', 1)
  replies[1]?.reject(new RequestError('summary_changed', 'Another version holds.'))
  expect(await saving).toBe(false)
  expect(reader.editing.get()).toMatchObject({ version: 1 })
})
