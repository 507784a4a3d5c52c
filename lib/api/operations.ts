import { z } from 'zod'
import { editSummarySchema, summaryQuerySchema } from '#lib/chat/chat-request.ts'
import type { ErrorCode } from '#lib/errors.ts'
import { answerRequestSchema, answerSchema, chatRequestSchema, stopAnswerSchema } from './chat.ts'
import {
  clearRequestSchema,
  conversationChangeSchema,
  conversationListSchema,
  conversationQuerySchema,
  conversationSchema,
  messageListSchema,
  messageQuerySchema,
  newConversationSchema,
} from './conversations.ts'
import { id } from './fields.ts'
import { folderChangeSchema, folderListSchema, folderSchema, newFolderSchema } from './folders.ts'
import { ledgerSchema } from './ledger.ts'
import { healthSchema, modelListSchema, personaListSchema } from './library.ts'
import { searchPageSchema, searchQuerySchema } from './search.ts'
import { statsSchema } from './stats.ts'
import { summaryListSchema } from './summaries.ts'
import { madeTokenSchema, newTokenSchema, tokenListSchema } from './tokens.ts'
import { usageQuerySchema, usageSchema } from './usage.ts'

/** One operation of the API, as its documentation and its tests know it. */
export interface Operation {
  method: 'get' | 'post' | 'patch' | 'delete'
  /** Below /api/v1. */
  path: string
  summary: string
  tag: string
  /** What a token needs; `session`: only a browser may, whatever the token; NULL: nobody has to sign in. */
  scope: 'read' | 'write' | 'session' | null
  query?: z.ZodObject
  body?: z.ZodType
  /** The status when all goes well, and what it comes with; NULL: nothing. */
  success: { status: 200 | 201 | 204; schema: z.ZodType | null }
  /** Whether it can be answered by Server-Sent Events: always, or when `stream` asks for them. */
  streams?: 'always' | 'on request'
  isIdempotent?: boolean
  /** How it fails, beside what every operation fails with. */
  failures?: ErrorCode[]
}

const turnFailures = [
  ...(['unknown_persona', 'unknown_model', 'budget_exhausted', 'not_found', 'generation_running'] as const),
  ...(['message_too_long', 'idempotency_key_reused', 'too_many_turns'] as const),
  ...(['too_busy', 'shutting_down'] as const),
] satisfies ErrorCode[]

/** Every operation of the REST API. The documentation is made of it, and the tests hold every answer against it. */
export const operations: Operation[] = [
  {
    ...{ method: 'post', path: '/chat', tag: 'Chat', scope: 'write', isIdempotent: true },
    summary: 'Send a message and get the answer',
    ...{ body: chatRequestSchema, success: { status: 200, schema: answerSchema }, streams: 'on request' },
    failures: turnFailures,
  },
  {
    ...{
      method: 'post',
      path: '/messages/{messageId}/answers',
      tag: 'Chat',
      scope: 'write',
      isIdempotent: true,
    },
    summary: 'Get another answer to a message',
    ...{ body: answerRequestSchema, success: { status: 200, schema: answerSchema }, streams: 'on request' },
    failures: turnFailures,
  },
  {
    ...{ method: 'get', path: '/conversations/{conversationId}/stream', tag: 'Chat', scope: 'read' },
    summary: 'Read the answer that is being written, or go on reading one (Last-Event-ID)',
    ...{ success: { status: 204, schema: null }, streams: 'always', failures: ['not_found'] },
  },
  {
    ...{ method: 'post', path: '/conversations/{conversationId}/stop', tag: 'Chat', scope: 'write' },
    summary: 'Stop the answer that is being written',
    ...{ success: { status: 200, schema: stopAnswerSchema }, failures: ['not_found'] },
  },
  {
    ...{ method: 'get', path: '/conversations', tag: 'Conversations', scope: 'read' },
    summary: 'List conversations, newest activity first',
    ...{ query: conversationQuerySchema, success: { status: 200, schema: conversationListSchema } },
  },
  {
    ...{ method: 'post', path: '/conversations', tag: 'Conversations', scope: 'write' },
    summary: 'Make a conversation in which nothing was said yet',
    ...{ body: newConversationSchema, success: { status: 201, schema: conversationSchema } },
    failures: ['unknown_persona', 'unknown_model', 'not_found'],
  },
  {
    ...{ method: 'get', path: '/conversations/{conversationId}', tag: 'Conversations', scope: 'read' },
    summary: 'Read a conversation',
    ...{ success: { status: 200, schema: conversationSchema }, failures: ['not_found'] },
  },
  {
    ...{ method: 'patch', path: '/conversations/{conversationId}', tag: 'Conversations', scope: 'write' },
    summary: 'Rename, pin, archive or move a conversation, or choose who answers',
    ...{ body: conversationChangeSchema, success: { status: 200, schema: conversationSchema } },
    failures: ['not_found', 'unknown_persona', 'unknown_model'],
  },
  {
    ...{ method: 'delete', path: '/conversations/{conversationId}', tag: 'Conversations', scope: 'write' },
    summary: 'Delete a conversation; its rows are kept for 30 days',
    ...{ success: { status: 204, schema: null }, failures: ['not_found'] },
  },
  {
    ...{
      method: 'post',
      path: '/conversations/{conversationId}/restore',
      tag: 'Conversations',
      scope: 'write',
    },
    summary: 'Bring a deleted conversation back, within 30 days',
    ...{ success: { status: 200, schema: conversationSchema }, failures: ['not_found'] },
  },
  {
    ...{
      method: 'post',
      path: '/conversations/{conversationId}/erase',
      tag: 'Conversations',
      scope: 'write',
    },
    summary: 'Erase a deleted conversation for ever, before its 30 days are over',
    ...{ success: { status: 204, schema: null }, failures: ['not_found'] },
  },
  {
    ...{
      method: 'get',
      path: '/conversations/{conversationId}/messages',
      tag: 'Conversations',
      scope: 'read',
    },
    summary: 'Read the messages of the branch that is shown',
    ...{ query: messageQuerySchema, success: { status: 200, schema: messageListSchema } },
    failures: ['not_found'],
  },
  {
    ...{ method: 'get', path: '/conversations/{conversationId}/stats', tag: 'Conversations', scope: 'read' },
    summary: 'See what a conversation has come to, and how full its context is',
    ...{ success: { status: 200, schema: statsSchema }, failures: ['not_found'] },
  },
  {
    ...{ method: 'get', path: '/search', tag: 'Conversations', scope: 'read' },
    summary: 'Search in titles, messages and summaries',
    ...{ query: searchQuerySchema, success: { status: 200, schema: searchPageSchema } },
  },
  {
    ...{ method: 'post', path: '/conversations/{conversationId}/clear', tag: 'Context', scope: 'write' },
    summary: 'Start the context afresh: what was said so far is not sent any more',
    ...{ body: clearRequestSchema, success: { status: 200, schema: conversationSchema } },
    failures: ['not_found', 'generation_running'],
  },
  {
    ...{ method: 'delete', path: '/conversations/{conversationId}/clear', tag: 'Context', scope: 'write' },
    summary: 'Take that back',
    ...{ body: clearRequestSchema, success: { status: 200, schema: conversationSchema } },
    failures: ['not_found', 'generation_running'],
  },
  {
    ...{ method: 'get', path: '/conversations/{conversationId}/summaries', tag: 'Context', scope: 'read' },
    summary: 'List the versions of the summary',
    ...{ query: summaryQuerySchema, success: { status: 200, schema: summaryListSchema } },
    failures: ['not_found'],
  },
  {
    ...{ method: 'post', path: '/conversations/{conversationId}/summaries', tag: 'Context', scope: 'write' },
    summary: 'Change the summary that holds, as another version',
    ...{ body: editSummarySchema, success: { status: 201, schema: summaryListSchema } },
    failures: ['not_found', 'summary_changed'],
  },
  {
    ...{ method: 'get', path: '/messages/{messageId}/ledger', tag: 'Context', scope: 'read' },
    summary: 'See what an answer was made from and what it cost',
    ...{ success: { status: 200, schema: ledgerSchema }, failures: ['not_found'] },
  },
  {
    ...{ method: 'get', path: '/folders', tag: 'Folders', scope: 'read', summary: 'List your folders' },
    success: { status: 200, schema: folderListSchema },
  },
  {
    ...{ method: 'post', path: '/folders', tag: 'Folders', scope: 'write', summary: 'Make a folder' },
    ...{ body: newFolderSchema, success: { status: 201, schema: folderSchema } },
    failures: ['unknown_persona', 'too_many_folders'],
  },
  {
    ...{ method: 'get', path: '/folders/{folderId}', tag: 'Folders', scope: 'read' },
    summary: 'Read a folder',
    ...{ success: { status: 200, schema: folderSchema }, failures: ['not_found'] },
  },
  {
    ...{ method: 'patch', path: '/folders/{folderId}', tag: 'Folders', scope: 'write' },
    summary: 'Rename or move a folder, or change what holds in it',
    ...{ body: folderChangeSchema, success: { status: 200, schema: folderSchema } },
    failures: ['not_found', 'unknown_persona'],
  },
  {
    ...{ method: 'delete', path: '/folders/{folderId}', tag: 'Folders', scope: 'write' },
    summary: 'Delete a folder; its conversations stay, in none',
    ...{ success: { status: 204, schema: null }, failures: ['not_found'] },
  },
  {
    ...{ method: 'get', path: '/personas', tag: 'Library', scope: 'read', summary: 'List the personas' },
    success: { status: 200, schema: personaListSchema },
  },
  {
    ...{ method: 'get', path: '/models', tag: 'Library', scope: 'read', summary: 'List the models' },
    success: { status: 200, schema: modelListSchema },
  },
  {
    ...{ method: 'get', path: '/usage', tag: 'Usage', scope: 'read', summary: 'Sum up what was used' },
    ...{ query: usageQuerySchema, success: { status: 200, schema: usageSchema } },
  },
  {
    ...{ method: 'get', path: '/tokens', tag: 'Tokens', scope: 'session', summary: 'List your tokens' },
    success: { status: 200, schema: tokenListSchema },
  },
  {
    ...{ method: 'post', path: '/tokens', tag: 'Tokens', scope: 'session', summary: 'Make a token' },
    ...{ body: newTokenSchema, success: { status: 201, schema: madeTokenSchema } },
  },
  {
    ...{ method: 'delete', path: '/tokens/{tokenId}', tag: 'Tokens', scope: 'session' },
    summary: 'Revoke a token; what it reads ends within 5 s',
    ...{ success: { status: 204, schema: null }, failures: ['not_found'] },
  },
  {
    ...{
      method: 'get',
      path: '/health',
      tag: 'Server',
      scope: null,
      summary: 'Ask whether the server is up',
    },
    success: { status: 200, schema: healthSchema },
  },
]

/** The ids in a path. */
export function pathParameters(path: string): z.ZodObject | undefined {
  const names = [...path.matchAll(/\{(\w+)\}/g)].map(([, name]) => name ?? '')
  return names.length > 0 ? z.object(Object.fromEntries(names.map((name) => [name, id]))) : undefined
}
