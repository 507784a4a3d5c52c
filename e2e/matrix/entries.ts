import { v7 as uuidv7 } from 'uuid'
import { METRICS_TOKEN, OWNERS_PASSWORD, OWNERS_WORD, type Scene, TELEGRAM_SECRET } from './scene.ts'

/**
 * Who may call a route:
 * - `open`: anyone; it has nobody's data
 * - `session`: whoever is signed in with a browser; a token is not accepted
 * - `read`, `write`: the same, or whoever has a token of this scope
 * - `administrator`: a browser's session of an administrator
 */
export type Door = 'open' | 'session' | 'read' | 'write' | 'administrator'

export interface RouteEntry {
  door: Door
  /** What its owner is answered, last of all: what the others are refused is a request that works. */
  owner: number
  /** The owner's request; each parameter in the address is the owner's. */
  body?: (scene: Scene) => unknown
  query?: string
  headers?: Record<string, string>
  /**
   * What somebody else is answered: `none` when the address leads to nothing of theirs (404), `own` when it only ever
   * leads to what is the caller's.
   */
  stranger: 'none' | 'own' | 'anyone'
  /** A query that is none. */
  badQuery?: string
  /** It is the same for everybody, and may be kept. */
  mayBeKept?: true
}

const conversationOf = { door: 'session', owner: 200, stranger: 'none' } satisfies RouteEntry
const ownThings = { door: 'session', owner: 200, stranger: 'own' } satisfies RouteEntry

const administrators = { door: 'administrator', owner: 200, stranger: 'none' } satisfies RouteEntry

const readable = { door: 'read', owner: 200, stranger: 'none' } satisfies RouteEntry
const writable = { door: 'write', owner: 200, stranger: 'none' } satisfies RouteEntry
const readableOwn = { ...readable, stranger: 'own' } satisfies RouteEntry
const documentation = { door: 'open', owner: 200, stranger: 'anyone', mayBeKept: true } satisfies RouteEntry
/** What takes the calls that lead to nothing. */
const nothing = { door: 'open', owner: 404, stranger: 'anyone' } satisfies RouteEntry

const theAnswer = ({ ids }: Scene) => ({ messageId: ids.messageId })

/** In the order in which the owner goes through them: what deletes comes last. */
export const routeEntries: Record<string, RouteEntry> = {
  'GET /api/health': { door: 'open', owner: 200, stranger: 'anyone' },
  'GET /api/ready': { door: 'open', owner: 200, stranger: 'anyone' },
  // It has no person: a program asks, with METRICS_TOKEN.
  'GET /metrics': {
    door: 'open',
    owner: 200,
    stranger: 'anyone',
    headers: { authorization: `Bearer ${METRICS_TOKEN}` },
  },
  'GET /api/auth/[...nextauth]': { door: 'open', owner: 200, stranger: 'anyone' },
  // Without the token of next-auth's form, which only a page of ours has, it leads back to the form.
  'POST /api/auth/[...nextauth]': { door: 'open', owner: 400, stranger: 'anyone' },

  // It has no person: Telegram sends, with a secret; without it see faults/telegram.spec.ts.
  'POST /api/telegram': {
    ...{ door: 'open', owner: 200, stranger: 'anyone', body: () => ({ update_id: 1 }) },
    headers: { 'x-telegram-bot-api-secret-token': TELEGRAM_SECRET },
  },
  'POST /api/telegram/codes': { ...ownThings, owner: 201 },

  'GET /api/conversations': { ...ownThings, badQuery: '?before=x' },
  'GET /api/conversations/deleted': { ...ownThings, badQuery: '?before=x' },
  'DELETE /api/conversations/deleted': { ...ownThings, owner: 204 },
  'POST /api/conversations/bulk': {
    ...conversationOf,
    owner: 204,
    body: ({ ids }) => ({ ids: [ids.conversationId], action: 'pin' }),
  },
  'GET /api/search': { ...ownThings, query: `?q=${OWNERS_WORD}`, badQuery: '?cursor=x' },
  'GET /api/events': ownThings,
  'GET /api/context': { ...ownThings, badQuery: '?intensity=extreme' },
  'GET /api/usage/month': ownThings,
  'GET /api/usage/csv': { ...ownThings, badQuery: '?days=8' },
  'GET /api/account/export': ownThings,
  'GET /api/conversations/export': { ...ownThings, badQuery: '?format=exe' },
  'PATCH /api/account': { ...ownThings, body: () => ({ howToAnswer: 'Briefly.' }) },
  'PUT /api/users/[userId]/budget': { ...administrators, body: () => ({ monthlyBudgetUsd: 5 }) },
  'PATCH /api/users/[userId]': { ...administrators, body: () => ({ role: 'member' }) },
  'POST /api/users/[userId]/password-link': { ...administrators, owner: 201 },
  'POST /api/invitations': { ...administrators, owner: 201, body: () => ({ role: 'member', days: 7 }) },
  'PUT /api/registration': { ...administrators, body: () => ({ registration: 'open' }) },
  // There is none.
  'DELETE /api/invitations/[invitationId]': { ...administrators, owner: 404 },
  'POST /api/jobs/[queue]/[jobId]/retry': { ...administrators, owner: 404 },

  'GET /api/conversations/[conversationId]': { ...conversationOf, badQuery: '?before=x' },
  'GET /api/conversations/[conversationId]/stats': conversationOf,
  'GET /api/conversations/[conversationId]/context': { ...conversationOf, badQuery: '?intensity=extreme' },
  'GET /api/conversations/[conversationId]/export': { ...conversationOf, badQuery: '?format=exe' },
  'POST /api/conversations/export': {
    ...conversationOf,
    body: ({ ids }) => ({ ids: [ids.conversationId], format: 'json' }),
  },
  'GET /api/conversations/[conversationId]/messages/[messageId]': conversationOf,
  'GET /api/conversations/[conversationId]/messages/[messageId]/making': {
    ...conversationOf,
    badQuery: '?generation=x',
  },
  'GET /api/conversations/[conversationId]/summaries': { ...conversationOf, badQuery: '?before=x' },
  'GET /api/conversations/[conversationId]/shares': conversationOf,
  'POST /api/conversations/[conversationId]/shares': {
    ...{ ...conversationOf, owner: 201, body: () => ({ sharedBy: OWNERS_WORD, days: 7 }) },
  },
  'PUT /api/shares/[shareId]': conversationOf,
  'DELETE /api/shares/[shareId]': { ...conversationOf, owner: 204 },
  'GET /api/chat/[conversationId]/stream': { ...conversationOf, owner: 204, badQuery: '?after=x' },
  'PATCH /api/conversations/[conversationId]': { ...conversationOf, body: () => ({ title: 'Courage' }) },
  'PUT /api/conversations/[conversationId]/branch': {
    ...conversationOf,
    body: theAnswer,
    badQuery: '?from=x',
  },
  'POST /api/conversations/[conversationId]/clear': { ...conversationOf, body: theAnswer },
  'DELETE /api/conversations/[conversationId]/clear': { ...conversationOf, body: theAnswer },
  // It has none yet.
  'POST /api/conversations/[conversationId]/summaries': {
    ...conversationOf,
    owner: 404,
    body: () => ({ text: 'A summary', version: 1 }),
  },
  'POST /api/conversations/[conversationId]/summaries/remake': { ...conversationOf, owner: 404 },
  'POST /api/conversations/[conversationId]/summaries/[version]/restore': { ...conversationOf, owner: 404 },
  'POST /api/chat/[conversationId]/stop': { ...conversationOf, body: () => ({}) },
  'POST /api/chat': {
    ...conversationOf,
    body: ({ ids }) => ({
      conversationId: ids.conversationId,
      parentId: ids.messageId,
      message: { id: uuidv7(), text: OWNERS_WORD },
    }),
  },

  'POST /api/imports': { ...ownThings, owner: 201, body: () => ({ fileName: 'export.zip', size: 1 }) },
  'GET /api/imports/[importId]': { ...conversationOf, badQuery: '?after=x' },
  // All of its pieces have come, and this is none of them.
  'PUT /api/imports/[importId]/pieces/[piece]': {
    ...{ ...conversationOf, owner: 400 },
    headers: { 'content-type': 'application/octet-stream' },
  },
  'DELETE /api/imports/[importId]': { ...conversationOf, owner: 204 },
  'DELETE /api/telegram/chats/[chatId]': { ...conversationOf, owner: 204 },
  'GET /api/docs': documentation,
  'GET /api/docs/[asset]': documentation,
  'GET /api/v1/openapi.json': documentation,
  'GET /api/v1/health': { door: 'open', owner: 200, stranger: 'anyone' },
  'GET /api/v1/personas': readableOwn,
  'GET /api/v1/models': readableOwn,
  'GET /api/v1/usage': { ...readableOwn, badQuery: '?days=8' },
  'GET /api/v1/conversations': { ...readableOwn, badQuery: '?before=x' },
  'GET /api/v1/search': { ...readableOwn, query: `?q=${OWNERS_WORD}`, badQuery: '?cursor=x' },
  'POST /api/v1/conversations': { ...writable, owner: 201, stranger: 'own', body: () => ({}) },
  'GET /api/v1/conversations/[conversationId]': readable,
  'GET /api/v1/conversations/[conversationId]/messages': { ...readable, badQuery: '?before=x' },
  'GET /api/v1/conversations/[conversationId]/summaries': { ...readable, badQuery: '?before=x' },
  'GET /api/v1/conversations/[conversationId]/stream': { ...readable, owner: 204 },
  'GET /api/v1/conversations/[conversationId]/stats': readable,
  'GET /api/v1/messages/[messageId]/ledger': readable,
  'POST /api/v1/conversations/[conversationId]/restore': writable,
  'GET /api/v1/folders': readableOwn,
  'POST /api/v1/folders': { ...writable, owner: 201, stranger: 'own', body: () => ({ name: 'Courage' }) },
  'GET /api/v1/folders/[folderId]': readable,
  'PATCH /api/v1/folders/[folderId]': { ...writable, body: () => ({ name: OWNERS_WORD }) },
  'PATCH /api/v1/conversations/[conversationId]': { ...writable, body: () => ({ pinned: true }) },
  'POST /api/v1/conversations/[conversationId]/stop': writable,
  'POST /api/v1/chat': {
    ...writable,
    body: ({ ids }) => ({ message: OWNERS_WORD, conversationId: ids.conversationId }),
  },
  'POST /api/v1/conversations/[conversationId]/clear': { ...writable, body: () => ({}) },
  'DELETE /api/v1/conversations/[conversationId]/clear': { ...writable, body: () => ({}) },
  // It has none yet.
  'POST /api/v1/conversations/[conversationId]/summaries': {
    ...writable,
    owner: 404,
    body: () => ({ text: 'A summary', version: 1 }),
  },
  // The id of the scene is an answer’s, which nothing answers.
  'POST /api/v1/messages/[messageId]/answers': { ...writable, owner: 400, body: () => ({}) },
  'GET /v1/models': readableOwn,
  'GET /v1/models/[model]': readableOwn,
  'POST /v1/chat/completions': {
    ...{ ...writable, stranger: 'own' },
    body: () => ({ model: 'stoic', messages: [{ role: 'user', content: 'Hello' }] }),
  },
  'GET /v1/[[...path]]': nothing,
  'POST /v1/[[...path]]': nothing,
  'GET /api/v1/[[...path]]': nothing,
  'POST /api/v1/[[...path]]': nothing,
  'PUT /api/v1/[[...path]]': nothing,
  'PATCH /api/v1/[[...path]]': nothing,
  'DELETE /api/v1/[[...path]]': nothing,
  'GET /api/v1/tokens': ownThings,
  'POST /api/v1/tokens': { ...ownThings, owner: 201, body: () => ({ name: 'A script', scope: 'read' }) },
  'DELETE /api/v1/tokens/[tokenId]': { ...conversationOf, owner: 204 },

  'DELETE /api/conversations/[conversationId]/messages/[messageId]': conversationOf,
  'POST /api/conversations/[conversationId]/messages/[messageId]/restore': conversationOf,
  'DELETE /api/conversations/[conversationId]': { ...conversationOf, owner: 204 },
  'DELETE /api/v1/folders/[folderId]': { ...writable, owner: 204 },
  // It is deleted by now.
  'DELETE /api/v1/conversations/[conversationId]': { ...writable, owner: 404 },
  'POST /api/v1/conversations/[conversationId]/erase': { ...writable, owner: 204 },
  'DELETE /api/account': {
    ...ownThings,
    owner: 204,
    body: ({ owner }) => ({ email: owner.email, password: OWNERS_PASSWORD }),
  },
  // Who is gone has none. It comes last since it would end the owner's.
  'DELETE /api/users/[userId]/sessions': { ...administrators, owner: 404 },
}
