import { describe, expect, it } from 'vitest'
import { describeShare, sharedMessages } from './share.ts'
import { newShareSchema } from './share-request.ts'
import type { AssistantMessage, GenerationStatus, UserMessage } from './types.ts'

const base = {
  id: 'm',
  parentId: null,
  siblingIds: ['m'],
  createdAt: '2026-11-27T00:00:00.000Z',
  isCleared: false,
}

function question(text: string): UserMessage {
  return { ...base, role: 'user', text }
}

function answer(text: string, status: GenerationStatus = 'complete', provider = 'openai'): AssistantMessage {
  const generation = {
    status,
    provider,
    persona: 'stoic',
    model: 'secret-model',
  } as AssistantMessage['generation']
  return { ...base, role: 'assistant', text, generation }
}

const label = (id: string) => id.toUpperCase()

describe('sharedMessages', () => {
  it('tells who speaks and what is said, and nothing else', () => {
    expect(sharedMessages([question('What is courage?'), answer('A habit.')], label)).toEqual([
      { persona: null, text: 'What is courage?' },
      { persona: 'STOIC', text: 'A habit.' },
    ])
  })

  it.each(['truncated', 'stopped', 'interrupted', 'failed'] as const)(
    'says that an answer was %s',
    (status) => {
      expect(sharedMessages([answer('A hab', status)], label)).toEqual([
        { persona: 'STOIC', text: 'A hab', isUnfinished: true },
      ])
    },
  )

  it('names where an answer was imported from, as the page does', () => {
    expect(sharedMessages([answer('A virtue.', 'complete', 'chatgpt')], label)).toEqual([
      { persona: 'ChatGPT', text: 'A virtue.' },
    ])
  })

  it('leaves out answers that came to nothing', () => {
    expect(sharedMessages([question('And?'), answer(' \n', 'failed')], label)).toEqual([
      { persona: null, text: 'And?' },
    ])
  })
})

describe('newShareSchema', () => {
  it('takes an empty name for none', () => {
    expect(newShareSchema.parse({ sharedBy: '  ', days: null })).toEqual({ sharedBy: null, days: null })
    expect(newShareSchema.parse({ sharedBy: ' Ada \n L. ', days: 7 })).toEqual({
      sharedBy: 'Ada L.',
      days: 7,
    })
  })

  it.each([
    { sharedBy: 'x'.repeat(81), days: null },
    { sharedBy: '', days: 2 },
    { sharedBy: '' },
    { days: 1 },
  ])('refuses %j', (value) => expect(newShareSchema.safeParse(value).success).toBe(false))
})

it('a copy is described by when, by whom and until when', () => {
  const item = { copiedAt: '2026-11-27T10:00:00.000Z' }
  expect(describeShare({ ...item, sharedBy: null, expiresAt: null })).toBe('As of 27 November 2026')
  expect(describeShare({ ...item, sharedBy: 'Ada', expiresAt: '2026-12-04T10:00:00.000Z' })).toBe(
    'As of 27 November 2026, by Ada, until 4 December 2026',
  )
})
