import { expect, it } from 'vitest'
import type { Message } from '#lib/chat/types.ts'
import { type Voice, voiceChanges } from './voice-changes.ts'

const stoic: Voice = { persona: 'stoic', intensity: 'medium' }
const casual: Voice = { persona: 'casual', intensity: 'low' }

/** Questions and answers in turn, answered by these voices; null: not answered yet. */
function conversation(...voices: (Voice | null)[]): Message[] {
  return voices.flatMap((voice, index): Message[] => {
    const base = { parentId: null, siblingIds: [], text: '', createdAt: '', isCleared: false }
    const question: Message = { ...base, id: `q${index}`, role: 'user' }
    if (!voice) return [question]
    const figures = { inputTokens: null, outputTokens: null, timeToFirstTokenMs: null, latencyMs: null }
    const run = {
      id: '',
      status: 'complete',
      errorCode: null,
      retryAt: null,
      retryInSeconds: null,
      fallbackFrom: null,
      provider: '',
      model: '',
    } as const
    return [
      question,
      { ...base, id: `a${index}`, role: 'assistant', generation: { ...run, ...figures, ...voice } },
    ]
  })
}

it('is silent while the voice stays', () => {
  expect(voiceChanges(conversation(stoic, stoic, null), stoic)).toEqual({ before: new Map(), next: null })
  expect(voiceChanges([], casual)).toEqual({ before: new Map(), next: null })
})

it('stands before the question whose answer is the first in the new voice', () => {
  const { before } = voiceChanges(conversation(stoic, casual, casual, stoic), stoic)
  expect([...before]).toEqual([
    ['q1', { ...casual, isOtherPersona: true }],
    ['q3', { ...stoic, isOtherPersona: true }],
  ])
})

it('announces a choice that no answer shows yet, and keeps its place when the question is sent', () => {
  const harder: Voice = { ...stoic, intensity: 'high' }
  const change = { ...harder, isOtherPersona: false }
  expect(voiceChanges(conversation(stoic), harder)).toEqual({ before: new Map(), next: change })
  expect(voiceChanges(conversation(stoic, null), harder)).toEqual({
    before: new Map([['q1', change]]),
    next: null,
  })
})

it('says who goes on with what was imported', () => {
  const imported = { ...stoic, provider: 'chatgpt' }
  const change = { ...stoic, isOtherPersona: true }
  expect(voiceChanges(conversation(imported, imported), stoic)).toEqual({ before: new Map(), next: change })
  expect(voiceChanges(conversation(imported, stoic), stoic).before.get('q1')).toEqual(change)
})
