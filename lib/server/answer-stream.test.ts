import { afterEach, beforeEach, expect, test, vi } from 'vitest'
import type { GenerationView } from '#lib/chat/types.ts'
import { AnswerStream } from './answer-stream.ts'
import { runningGenerations } from './running-generations.ts'

beforeEach(() => void vi.useFakeTimers())
afterEach(() => void vi.useRealTimers())

const ended: GenerationView = {
  id: '1',
  status: 'complete',
  errorCode: null,
  retryAt: null,
  retryInSeconds: null,
  fallbackFrom: null,
  persona: 'stoic',
  intensity: 'medium',
  provider: 'openai',
  model: 'm',
  inputTokens: null,
  outputTokens: null,
  timeToFirstTokenMs: null,
  latencyMs: null,
}

/** Reads an answer and keeps what came: the deltas with their offsets, and the end. */
function readFrom(answer: AnswerStream, offset = 0) {
  const seen = {
    deltas: [] as string[],
    offsets: [] as number[],
    storage: [] as boolean[],
    end: null as GenerationView | null,
  }
  const stop = answer.follow(offset, {
    onText({ frame }) {
      const [, id, data] = /^id: (\d+)\ndata: (.*)\n\n$/.exec(new TextDecoder().decode(frame)) ?? []
      seen.offsets.push(Number(id))
      seen.deltas.push(JSON.parse(data ?? '').delta)
    },
    onStorage: (isStored) => void seen.storage.push(isStored),
    onEnd: (generation) => {
      seen.end = generation
    },
  })
  return { seen, stop }
}

test('the first words go out at once; what follows within a frame goes together', () => {
  const answer = new AnswerStream()
  const { seen } = readFrom(answer)

  answer.append('One')
  expect(seen.deltas).toEqual(['One'])
  answer.append(' two')
  answer.append(' three')
  expect(seen.deltas).toEqual(['One'])
  vi.advanceTimersByTime(16)

  expect(seen.deltas).toEqual(['One', ' two three'])
  expect(seen.offsets).toEqual([3, 13])
})

test('what comes after a pause is not held back; while many are written, pauses are longer', () => {
  const answer = new AnswerStream()
  const { seen } = readFrom(answer)
  answer.append('One')
  vi.advanceTimersByTime(16)
  answer.append(' two')
  expect(seen.deltas).toEqual(['One', ' two'])

  const others = Array.from({ length: 40 }, (_, index) => String(index))
  const one = {
    id: '',
    userId: '',
    conversationId: '',
    storedLength: 0,
    nextSequence: 0,
    unacknowledged: null,
    isEnding: false,
  }
  for (const id of others) {
    runningGenerations().set(id, { ...one, id, answer, abort: () => undefined, done: Promise.resolve() })
  }
  vi.advanceTimersByTime(20)
  answer.append(' three')
  expect(seen.deltas).toHaveLength(2)
  vi.advanceTimersByTime(13)
  expect(seen.deltas).toEqual(['One', ' two', ' three'])
  runningGenerations().clear()
})

test('a late reader gets what it missed and then exactly what the others get', () => {
  const answer = new AnswerStream()
  answer.append('One')
  answer.append(' two')
  vi.advanceTimersByTime(16)
  answer.append(' thr')

  const { seen } = readFrom(answer, 2)
  expect(seen.deltas.join('')).toBe('e two')
  answer.append('ee')
  answer.end(ended)

  expect(seen.deltas.join('')).toBe('e two three')
  expect(seen.end).toEqual(ended)
})

test('the end comes once, after all text, and to those who come later too', () => {
  const answer = new AnswerStream()
  const { seen } = readFrom(answer)
  answer.append('One')
  answer.append(' two')
  answer.end(ended)
  answer.end({ ...ended, status: 'failed' })
  answer.append('late')

  expect(seen.deltas.join('')).toBe('One two')
  expect(seen.end?.status).toBe('complete')
  const late = readFrom(answer)
  expect(late.seen).toMatchObject({ deltas: ['One two'], end: { status: 'complete' } })
  expect(answer.text).toBe('One two')
})

test('a reader that stopped gets nothing more', () => {
  const answer = new AnswerStream('Before. ')
  const { seen, stop } = readFrom(answer)
  stop()
  answer.append('After.')
  answer.end(ended)

  expect(seen).toMatchObject({ deltas: ['Before. '], end: null })
  expect(answer.hasReaders).toBe(false)
})

test('readers learn when what they see cannot be stored, and when it can again', () => {
  const answer = new AnswerStream()
  const { seen } = readFrom(answer)
  answer.setStored(true)
  answer.setStored(false)
  answer.setStored(false)
  const late = readFrom(answer)
  answer.setStored(true)

  expect(seen.storage).toEqual([false, true])
  expect(late.seen.storage).toEqual([false, true])
  expect(readFrom(answer).seen.storage).toEqual([])
})

test('the first words of a continuation go out at once, too', () => {
  const answer = new AnswerStream('Before')
  const { seen } = readFrom(answer, 6)
  answer.append(' after')
  expect(seen.deltas).toEqual([' after'])
})

test('an offset past the text waits for what comes after it', () => {
  const answer = new AnswerStream('One')
  const { seen } = readFrom(answer, 3)
  expect(seen.deltas).toEqual([])
  answer.append(' two')
  vi.advanceTimersByTime(16)
  expect(seen.deltas).toEqual([' two'])
})

test('a reader that knows more than the chunk log is told only what comes after that', () => {
  const answer = new AnswerStream('One')
  const { seen } = readFrom(answer, 'One two'.length)

  answer.append(' tw')
  vi.advanceTimersByTime(16)
  expect(seen.deltas).toEqual([])
  answer.append('o three')
  vi.advanceTimersByTime(16)
  answer.append(' four')
  vi.advanceTimersByTime(16)

  expect(seen.deltas).toEqual([' three', ' four'])
  expect(seen.offsets).toEqual([13, 18])
  answer.end(ended)
  expect(seen.end).toEqual(ended)
})
