import { afterEach, expect, test, vi } from 'vitest'
import { storageOf } from '#components/chat/testing/conversation-set-up.ts'
import { createInstructionDrafts } from './instruction-drafts.ts'

afterEach(() => vi.unstubAllGlobals())

test('what was typed is there at the next visit, for this person only', () => {
  const items = new Map<string, string>()
  createInstructionDrafts('u1', () => storageOf(items)).save('aboutYou', { text: 'I teach' })
  expect(createInstructionDrafts('u1', () => storageOf(items)).load('aboutYou')).toEqual({ text: 'I teach' })
  expect(createInstructionDrafts('u2', () => storageOf(items)).load('aboutYou')).toBeNull()
})

test('where the browser keeps nothing, leaving the page is asked about until it is saved', () => {
  const target = new EventTarget()
  vi.stubGlobal('window', target)
  const leave = () => {
    const event = new Event('beforeunload', { cancelable: true })
    target.dispatchEvent(event)
    return event.defaultPrevented
  }
  const drafts = createInstructionDrafts('u1', () => storageOf(new Map(), true))
  drafts.save('aboutYou', { text: 'I teach' })
  expect(drafts.load('aboutYou')).toEqual({ text: 'I teach' })
  expect(leave()).toBe(true)
  drafts.clear('aboutYou')
  expect(leave()).toBe(false)
})
