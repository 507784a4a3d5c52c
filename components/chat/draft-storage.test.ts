import { expect, it } from 'vitest'
import { createDraftStorage } from './draft-storage.ts'
import { storageOf } from './testing/conversation-set-up.ts'

function storageWith(items: Map<string, string>, isFull = false): () => Storage {
  return () => storageOf(items, isFull)
}

it('keeps drafts apart by conversation and by person', () => {
  const items = new Map<string, string>()
  const mine = createDraftStorage('u1', storageWith(items))
  mine.save('c1', { text: 'one' })
  mine.save('c2', { text: 'two' })
  expect(createDraftStorage('u1', storageWith(items)).load('c1')).toEqual({ text: 'one' })
  expect(createDraftStorage('u2', storageWith(items)).load('c1')).toBeNull()
  mine.clear('c1')
  expect(mine.load('c1')).toBeNull()
  expect(mine.load('c2')).toEqual({ text: 'two' })
})

it('goes on in memory when the storage is full', () => {
  const drafts = createDraftStorage('u1', storageWith(new Map(), true))
  expect(drafts.isForgetful()).toBe(false)
  drafts.save('c1', { text: 'one' })
  expect(drafts.load('c1')).toEqual({ text: 'one' })
  expect(drafts.keys()).toEqual(['c1'])
  expect(drafts.isForgetful()).toBe(true)
  drafts.clear('c1')
  expect(drafts.load('c1')).toBeNull()
  expect(drafts.isForgetful()).toBe(false)
})

it('goes on in memory when the browser has none', () => {
  const drafts = createDraftStorage('u1', () => {
    throw new DOMException('denied', 'SecurityError')
  })
  drafts.save('c1', { text: 'one' })
  expect(drafts.load('c1')).toEqual({ text: 'one' })
})

it.each(['{', 'null', '{"text":1}'])('passes over what is no draft: %s', (stored) => {
  const items = new Map([['stoa-draft:u1:c1', stored]])
  expect(createDraftStorage('u1', storageWith(items)).load('c1')).toBeNull()
})
