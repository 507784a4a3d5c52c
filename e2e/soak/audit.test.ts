import { describe, expect, test } from 'vitest'
import { audit, type StoredMessage } from './audit.ts'
import { SoakRecord } from './soak-record.ts'

/** A soak in which one message was sent and its answer shown in two steps, a second apart. */
function soak() {
  const record = new SoakRecord()
  record.sending({ id: 'q', conversationId: 'c', text: 'word' })
  record.acknowledged('q')
  record.show('a', 'c', 'One', 10_000)
  record.show('a', 'c', 'One two', 11_000)
  return record
}

const whole: StoredMessage[] = [
  { id: 'q', role: 'user', text: 'word', status: null },
  { id: 'a', role: 'assistant', text: 'One two', status: 'complete' },
]

const once = { byMessage: new Map([['word', 1]]), continuations: 0 }

function stored(change: Partial<StoredMessage>): StoredMessage[] {
  return whole.map((message) => (message.role === 'assistant' ? { ...message, ...change } : message))
}

test('nothing is broken when everything is there', () => {
  const { figures, broken } = audit(soak(), whole, once)
  expect(broken).toEqual([])
  expect(figures).toMatchObject({
    'messages sent': 1,
    'messages lost': 0,
    'characters shown': 7,
    'characters lost': 0,
  })
})

describe('what breaks a promise', () => {
  test('a message that is not there, or there twice', () => {
    expect(audit(soak(), whole.slice(1), once).broken).toHaveLength(1)
    const again: StoredMessage = { id: 'q2', role: 'user', text: 'word', status: null }
    expect(audit(soak(), [...whole, again], once).broken).toHaveLength(1)
  })

  test('an answer paid twice, unless the person asked twice', () => {
    const twice = { byMessage: new Map([['word', 2]]), continuations: 0 }
    expect(audit(soak(), whole, twice).broken).toHaveLength(1)
    const record = soak()
    record.retried('q')
    expect(audit(record, whole, twice).broken).toEqual([])
    expect(audit(soak(), whole, { ...once, continuations: 1 }).broken).toHaveLength(1)
  })

  test('shown text that is gone, or was for a while', () => {
    expect(audit(soak(), stored({ text: 'One' }), once).broken).toHaveLength(1)
    expect(audit(soak(), stored({ text: 'One twice' }), once).broken).toHaveLength(1)
    const record = soak()
    record.show('a', 'c', 'One Two three', 12_000)
    expect(audit(record, stored({ text: 'One Two three' }), once).broken).toHaveLength(1)
  })

  test('an answer that calls itself running, and one that did so for too long', () => {
    expect(audit(soak(), stored({ status: 'streaming' }), once).broken).toHaveLength(1)
    const record = soak()
    record.recoveries.push(10_001)
    expect(audit(record, whole, once).broken).toHaveLength(1)
  })
})

test('a kill excuses what was first seen within the second before it, and no more', () => {
  const record = soak()
  record.kills.push(11_900)
  const report = audit(record, stored({ text: 'One' }), once)
  expect(report.broken).toEqual([])
  expect(report.figures).toMatchObject({ 'characters lost within the last second before a kill': 4 })

  const long = soak()
  long.kills.push(11_900)
  expect(audit(long, stored({ text: 'O' }), once).broken).toHaveLength(1)
  const late = soak()
  late.kills.push(12_100)
  expect(audit(late, stored({ text: 'One' }), once).broken).toHaveLength(1)
})

test('a page that is behind another loses nothing', () => {
  const record = soak()
  record.show('a', 'c', 'On', 12_000)
  record.show('a', 'c', 'One two three', 12_100)
  expect(audit(record, stored({ text: 'One two three' }), once).broken).toEqual([])
})
