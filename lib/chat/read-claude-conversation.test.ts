import { expect, test } from 'vitest'
import { readClaudeConversation } from './read-claude-conversation.ts'

const base = {
  ...{ uuid: 'c-1', name: 'On courage', account: { uuid: 'x' } },
  ...{ created_at: '2024-03-01T10:00:00.123456+00:00', updated_at: '2024-03-01T11:00:00Z' },
}
const ROOT = '00000000-0000-4000-8000-000000000000'

test('of an older export: one message after the other, texts of attached files with them', () => {
  const read = readClaudeConversation({
    ...base,
    chat_messages: [
      {
        ...{
          uuid: 'q1',
          text: 'Sum this up.',
          sender: 'human',
          created_at: '2024-03-01T10:00:00.123456+00:00',
        },
        attachments: [
          { file_name: 'notes.txt', file_type: 'txt', file_size: 9, extracted_content: 'Be brave.\n' },
          { file_name: 'scan.pdf' },
        ],
        files: [{ file_name: 'photo.jpg' }],
      },
      { uuid: 'a1', text: 'Courage.', sender: 'assistant', attachments: [], files: [] },
    ],
  })
  expect(read).toMatchObject({
    ...{ source: 'claude', id: 'c-1', title: 'On courage', activeLeafId: 'a1', pinnedAt: null },
    ...{ createdAt: '2024-03-01T10:00:00.123Z', lastActivityAt: '2024-03-01T11:00:00.000Z' },
    leftOut: { attachments: 1, images: 1 },
  })
  expect(read?.messages).toMatchObject([
    { id: 'q1', parentId: null, role: 'user', text: 'Sum this up.\n\n**notes.txt**\n\n```\nBe brave.\n```' },
    {
      id: 'a1',
      parentId: 'q1',
      createdAt: null,
      generations: [{ provider: 'claude', model: 'unknown model' }],
    },
  ])
})

test('of a newer export: a tree, with blocks of tools and thoughts left out, and documents taken in', () => {
  const block = (type: string, rest: object) => ({ start_timestamp: null, type, ...rest })
  const read = readClaudeConversation({
    ...base,
    ...{ model: 'claude-sonnet-4-6', is_starred: true, current_leaf_message_uuid: 'a1', summary: '' },
    chat_messages: [
      {
        ...{
          uuid: 'q1',
          sender: 'human',
          text: 'Write.',
          parent_message_uuid: ROOT,
          files_v2: [{}],
          files: [{}],
        },
        content: [block('text', { text: 'Write.' })],
      },
      {
        ...{ uuid: 'a1', sender: 'assistant', parent_message_uuid: 'q1' },
        text: 'This block is not supported on your current device yet.',
        content: [
          block('thinking', { thinking: 'Hm.' }),
          block('text', { text: 'Here it is.' }),
          block('tool_use', {
            name: 'artifacts',
            input: {
              command: 'create',
              title: 'Poem',
              content: 'O ```',
              language: 'md',
              type: 'text/markdown',
            },
          }),
          block('tool_result', { content: [] }),
          block('tool_use', { name: 'web_search', input: { query: 'x' } }),
          block('token_budget', {}),
          block('something_new', {}),
          'no block',
        ],
      },
      { uuid: 'a2', sender: 'assistant', text: 'Another.', parent_message_uuid: 'q1' },
      { uuid: 'q2', sender: 'human', text: '', content: [], parent_message_uuid: 'a2', files: [{}] },
      { uuid: 'a3', sender: 'assistant', text: '', content: [], parent_message_uuid: 'q2' },
      { uuid: 7 },
    ],
  })
  expect(read).toMatchObject({ activeLeafId: 'a1', pinnedAt: '2024-03-01T11:00:00.000Z' })
  expect(read?.messages).toMatchObject([
    { id: 'q1', parentId: null },
    {
      id: 'a1',
      text: 'Here it is.\n\n**Poem**\n\n````md\nO ```\n````',
      generations: [{ model: 'claude-sonnet-4-6' }],
    },
    { id: 'a2', parentId: 'q1', text: 'Another.' },
    { id: 'q2', parentId: 'a2', text: '_An image was here, which was not imported._' },
  ])
  expect(read?.leftOut).toEqual({ images: 2, reasoning: 1, tools: 2, unknown: 3, empty: 1 })
})

test.each([
  [null],
  [{ chat_messages: [] }],
  [{ uuid: 'x', chat_messages: {} }],
  [{ uuid: 7, chat_messages: [] }],
])('%j is none', (given) => {
  expect(readClaudeConversation(given)).toBeNull()
})
