import { expect, test } from 'vitest'
import { readChatgptConversation } from './read-chatgpt-conversation.ts'

interface Given {
  role?: string
  parts?: unknown[]
  type?: string
  content?: object
  rest?: object
}

function message({ role = 'user', parts, type = 'text', content, rest }: Given) {
  return {
    author: { role, name: null, metadata: {} },
    create_time: 1_700_000_000.123456,
    content: content ?? { content_type: type, parts },
    status: 'finished_successfully',
    weight: 1,
    metadata: {},
    recipient: 'all',
    ...rest,
  }
}

function mapping(nodes: Record<string, [parent: string | null, message: object | null]>) {
  return Object.fromEntries(
    Object.entries(nodes).map(([id, [parent, each]]) => [
      id,
      { id, parent, children: [], message: each && { id, ...each } },
    ]),
  )
}

const empty = message({ role: 'system', parts: [''] })
const base = {
  ...{ title: 'On courage', create_time: 1_700_000_000.5, update_time: 1_700_000_900, plugin_ids: null },
  ...{ moderation_results: [], conversation_template_id: null, gizmo_id: null, id: 'c-1' },
}

test('of an export of 2023: branches, the one that was shown, names of models', () => {
  const read = readChatgptConversation({
    ...base,
    current_node: 'a1',
    mapping: mapping({
      root: [null, null],
      system: ['root', empty],
      q1: ['system', message({ parts: ['What is courage?'] })],
      a1: [
        'q1',
        message({ role: 'assistant', parts: ['Endurance.'], rest: { metadata: { model_slug: 'gpt-4' } } }),
      ],
      a2: ['q1', message({ role: 'assistant', parts: ['Wisdom.'] })],
    }),
  })
  expect(read).toMatchObject({
    ...{ source: 'chatgpt', id: 'c-1', title: 'On courage', titleSource: 'person', activeLeafId: 'a1' },
    ...{ createdAt: '2023-11-14T22:13:20.500Z', lastActivityAt: '2023-11-14T22:28:20.000Z' },
    ...{ archivedAt: null, leftOut: {} },
  })
  expect(read?.messages).toMatchObject([
    { id: 'q1', parentId: null, role: 'user', text: 'What is courage?', generations: [] },
    { id: 'a1', parentId: 'q1', generations: [{ provider: 'chatgpt', model: 'gpt-4', cost: null }] },
    { id: 'a2', parentId: 'q1', generations: [{ model: 'unknown model', inputTokens: null }] },
  ])
})

test('of an export of 2026: tools, reasoning, images, speech and marks of sources', () => {
  const read = readChatgptConversation({
    ...base,
    ...{ conversation_id: 'c-2', default_model_slug: 'gpt-5', is_archived: true, current_node: 'tool' },
    mapping: mapping({
      root: [null, null],
      about: ['root', message({ type: 'user_editable_context', parts: ['I teach.'] })],
      q1: [
        'about',
        message({
          content: {
            content_type: 'multimodal_text',
            parts: [
              { content_type: 'image_asset_pointer', asset_pointer: 'file-service://x' },
              { content_type: 'audio_transcription', text: 'What is this?' },
            ],
          },
          rest: { metadata: { attachments: [{ name: 'x.png' }] } },
        }),
      ],
      thoughts: ['q1', message({ role: 'assistant', content: { content_type: 'thoughts', thoughts: [] } })],
      call: [
        'thoughts',
        message({
          role: 'assistant',
          content: { content_type: 'code', language: 'python', text: 'print(1)' },
          rest: { recipient: 'python' },
        }),
      ],
      result: ['call', message({ role: 'tool', content: { content_type: 'execution_output', text: '1' } })],
      hidden: ['result', message({ parts: ['nudge'], rest: { weight: 0 } })],
      a1: ['hidden', message({ role: 'assistant', parts: ['A column.\ue200cite\ue202turn0search0\ue201'] })],
      image: ['a1', message({ parts: [{ content_type: 'image_asset_pointer' }] })],
      a2: ['image', message({ role: 'assistant', parts: ['Another.'] })],
      tool: ['a2', message({ role: 'tool', parts: ['done'] })],
    }),
  })
  expect(read?.messages).toMatchObject([
    { id: 'q1', text: 'What is this?' },
    { id: 'a1', text: 'A column.', generations: [{ model: 'gpt-5' }] },
    { id: 'image', text: '_An image was here, which was not imported._' },
    { id: 'a2', text: 'Another.' },
  ])
  expect(read).toMatchObject({ id: 'c-2', activeLeafId: 'a2', archivedAt: '2023-11-14T22:28:20.000Z' })
  expect(read?.leftOut).toEqual({ images: 2, instructions: 1, reasoning: 1, tools: 3, hidden: 1 })
})

test('code that the model wrote into the conversation is a block, whatever stands in it', () => {
  const code = { content_type: 'code', language: 'python', text: 'a = """```"""\n' }
  const read = readChatgptConversation({
    ...base,
    mapping: mapping({
      q: [null, message({ parts: ['?'] })],
      a: ['q', message({ role: 'assistant', content: code })],
    }),
  })
  expect(read?.messages[1]?.text).toBe('````python\na = """```"""\n````')
})

test.each([
  ['a time that is none', { ...base, create_time: 1e20, mapping: {} }, { createdAt: null, messages: [] }],
  [
    'no times, title and place',
    { id: 'x', mapping: {} },
    { title: '', lastActivityAt: null, activeLeafId: null },
  ],
  [
    'messages that are none',
    { ...base, mapping: { a: { parent: null, message: 7 }, b: { parent: 'a', message: { author: {} } } } },
    { messages: [], leftOut: { unknown: 2 } },
  ],
])('%s does no harm', (_, given, wanted) => {
  expect(readChatgptConversation(given)).toMatchObject(wanted)
})

test.each([
  [null],
  [[]],
  [{ mapping: [] }],
  [{ mapping: {} }],
  [{ id: 'x', mapping: { a: 7 } }],
  [{ id: 7, mapping: {} }],
])('%j is none', (given) => {
  expect(readChatgptConversation(given)).toBeNull()
})
