import type { Message } from 'grammy/types'
import { expect, it } from 'vitest'
import { readIncoming } from './read-incoming.ts'

const me = { id: 7, username: 'stoa_bot' }

function read(text: string | undefined, change: Record<string, unknown> = {}) {
  const chat = { id: 1, type: 'private', first_name: 'Zeno' }
  const from = { id: 1, is_bot: false, first_name: 'Zeno' }
  return readIncoming({ message_id: 1, date: 0, chat, from, ...(text && { text }), ...change } as Message, me)
}

const inGroup = { chat: { id: -1, type: 'group', title: 'Porch' } }

it('reads what is written to it alone', () => {
  expect(read('  Good morning ')).toEqual({ kind: 'text', text: 'Good morning' })
  expect(read('/persona  tutor')).toEqual({ kind: 'command', name: 'persona', argument: 'tutor' })
  expect(read('/STOP@Stoa_Bot')).toEqual({ kind: 'command', name: 'stop', argument: '' })
  expect(read('//stop')).toEqual({ kind: 'text', text: '/stop' })
  expect(read('/usr/bin is a folder')).toEqual({ kind: 'text', text: '/usr/bin is a folder' })
  expect(read(undefined, { photo: [] })).toEqual({ kind: 'not_text' })
})

it('leaves what is not for it', () => {
  expect(read('/stop@another_bot')).toBe(null)
  expect(read('beep', { from: { id: 8, is_bot: true, first_name: 'Bot' } })).toBe(null)
  expect(read('news', { chat: { id: -2, type: 'channel', title: 'News' } })).toBe(null)
  expect(read(undefined, { pinned_message: {} })).toBe(null)
})

it('hears in a group only what is said to it', () => {
  const mention = { type: 'mention', offset: 0, length: 9 }
  const reply = { reply_to_message: { from: { id: 7 } } }
  expect(read('What a day', inGroup)).toBe(null)
  expect(read('/stop', inGroup)).toBe(null)
  expect(read('write to me@stoa_bot.example', inGroup)).toBe(null)
  expect(read('@stoa_bot what is time?', { ...inGroup, entities: [mention] })).toEqual({
    kind: 'text',
    text: 'what is time?',
  })
  expect(read('And why?', { ...inGroup, ...reply })).toEqual({ kind: 'text', text: 'And why?' })
  expect(read('/stop@stoa_bot', inGroup)).toEqual({ kind: 'command', name: 'stop', argument: '' })
  expect(read('And why?', { ...inGroup, reply_to_message: { from: { id: 9 } } })).toBe(null)
})
