import { expect, test } from 'vitest'
import { conversationAsMarkdown, exportFileName, uniqueNames } from './export-conversation.ts'
import type { ConversationWithMessages, GenerationView, Message } from './types.ts'

const createdAt = '2026-11-26T10:00:00.000Z'
const base = { siblingIds: [], createdAt, isCleared: false }
const generation: GenerationView = {
  ...{
    id: 'g1',
    status: 'complete',
    errorCode: null,
    retryAt: null,
    retryInSeconds: null,
    fallbackFrom: null,
  },
  ...{ persona: 'stoic', intensity: 'medium', provider: 'openai', model: 'big', inputTokens: 12 },
  ...{ outputTokens: null, timeToFirstTokenMs: null, latencyMs: null },
}
const messages: Message[] = [
  { ...base, id: 'q1', parentId: null, role: 'user', text: 'What is *courage*?\n' },
  {
    ...base,
    id: 'a1',
    parentId: 'q1',
    role: 'assistant',
    text: '# A heading\n\nCourage…',
    isCleared: true,
    generation,
  },
  { ...base, id: 'q2', parentId: 'a1', role: 'user', text: 'And now?' },
  {
    ...base,
    id: 'a2',
    parentId: 'q2',
    role: 'assistant',
    text: '',
    generation: { ...generation, persona: 'gone' },
  },
]
const read: ConversationWithMessages = {
  conversation: {
    ...{
      id: 'c1',
      title: 'On courage',
      titleSource: 'person',
      persona: 'stoic',
      intensity: null,
      model: null,
    },
    ...{
      activeLeafId: 'a2',
      running: false,
      pinned: false,
      archived: false,
      folderId: null,
      createdAt,
      lastActivityAt: createdAt,
    },
  },
  messages,
  summary: null,
}
const options = {
  personaLabel: (id: string) => (id === 'stoic' ? 'Stoic' : id),
  exportedAt: new Date('2026-12-01T08:00:00Z'),
}

test('Markdown says who wrote what, and keeps it as it was written', () => {
  expect(conversationAsMarkdown(read, options)).toBe(`# On courage

_Begun on 2026-11-26, exported on 2026-12-01._

## You

What is *courage*?

## Stoic

# A heading

Courage…

---

_The context starts afresh here._

## You

And now?

## gone

_Nothing was written._
`)
})

test.each([
  ['On courage: a “talk”?', 'markdown', 'On-courage-a-talk.md'],
  ['Überraschung / café', 'json', 'Uberraschung-cafe.json'],
  ['勇気について', 'markdown', '勇気について.md'],
  ['../../etc/passwd', 'markdown', 'etc-passwd.md'],
  ['…', 'json', 'conversation.json'],
  ['x'.repeat(200), 'markdown', `${'x'.repeat(60)}.md`],
] as const)('%s is kept as a file of %s', (title, format, name) => {
  expect(exportFileName(title, format)).toBe(name)
})

test('files of the same name are told apart', () => {
  const nameOf = uniqueNames()
  expect(['a.md', 'A.md', 'a-2.md', 'a.md', 'b.md'].map(nameOf)).toEqual([
    ...['a.md', 'A-2.md', 'a-2-2.md', 'a-3.md', 'b.md'],
  ])
})

test('a name ends with a whole letter, whatever it is written in', () => {
  const name = exportFileName('𐍈'.repeat(80), 'markdown')
  expect(name).toBe(`${'𐍈'.repeat(60)}.md`)
  expect(exportFileName(`a${'𐍈'.repeat(80)}`, 'json').isWellFormed()).toBe(true)
})
