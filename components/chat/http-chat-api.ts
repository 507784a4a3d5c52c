import type { Conversation, ConversationWithMessages, Message } from '#lib/chat/types.ts'
import { conversationByOwnClock, messagesByOwnClock } from './by-own-clock.ts'
import { type ChatApi, call, readBody, readFile, unreachable } from './chat-api.ts'
import { readTurnStream, type TurnEvent } from './read-turn-stream.ts'

/** It, by requests to this server. */
export const chatApi: ChatApi = {
  async send(request, signal) {
    return streamOf(await call('POST', '/api/chat', { body: request, signal }))
  },
  async follow(conversationId, after, signal) {
    const response = await call('GET', `/api/chat/${conversationId}/stream?after=${after}`, { signal })
    return response.status === 204 ? null : streamOf(response)
  },
  async stop(conversationId, generationId) {
    return readBody(await call('POST', `/api/chat/${conversationId}/stop`, { body: { generationId } }))
  },
  async read(conversationId, from) {
    return readConversation(await call('GET', `/api/conversations/${conversationId}${windowFrom(from)}`))
  },
  async readBefore(conversationId, messageId) {
    const response = await call('GET', `/api/conversations/${conversationId}?before=${messageId}`)
    return messagesByOwnClock((await readBody<{ messages: Message[] }>(response)).messages)
  },
  erase(conversationId) {
    // What fails here the server does an hour later.
    fetch(`/api/conversations/${conversationId}`, { method: 'DELETE', keepalive: true }).catch(
      () => undefined,
    )
  },
  async change(conversationId, patch) {
    const response = await call('PATCH', `/api/conversations/${conversationId}`, { body: patch })
    return (await readBody<{ conversation: Conversation }>(response)).conversation
  },
  async preferModel(model) {
    await call('PATCH', '/api/account', { body: { preferences: { model } } })
  },
  async clear(conversationId, messageId, from) {
    return readConversation(
      await call('POST', `/api/conversations/${conversationId}/clear${windowFrom(from)}`, {
        body: { messageId },
      }),
    )
  },
  async unclear(conversationId, messageId, from) {
    return readConversation(
      await call('DELETE', `/api/conversations/${conversationId}/clear${windowFrom(from)}`, {
        body: { messageId },
      }),
    )
  },
  async month() {
    return readBody(await call('GET', '/api/usage/month'))
  },
  async gauge(conversationId, choice = '', signal) {
    const path = conversationId === null ? '/api/context' : `/api/conversations/${conversationId}/context`
    return readBody(await call('GET', `${path}?${choice}`, { ...(signal && { signal }) }))
  },
  async stats(conversationId) {
    return readBody(await call('GET', `/api/conversations/${conversationId}/stats`))
  },
  async export(conversationId, format) {
    const response = await call('GET', `/api/conversations/${conversationId}/export?format=${format}`)
    return readFile(response, `conversation.${format === 'json' ? 'json' : 'md'}`)
  },
  async openBranch(conversationId, messageId, from) {
    return readConversation(
      await call('PUT', `/api/conversations/${conversationId}/branch${windowFrom(from)}`, {
        body: { messageId },
      }),
    )
  },
  async countBranch(conversationId, messageId) {
    return readBody(await call('GET', `/api/conversations/${conversationId}/messages/${messageId}`))
  },
  async removeMessage(conversationId, messageId, from) {
    return readConversation(
      await call('DELETE', `/api/conversations/${conversationId}/messages/${messageId}${windowFrom(from)}`),
    )
  },
  async restoreMessage(conversationId, messageId, from) {
    return readConversation(
      await call(
        'POST',
        `/api/conversations/${conversationId}/messages/${messageId}/restore${windowFrom(from)}`,
        { body: {} },
      ),
    )
  },
}

function windowFrom(messageId: string | undefined): string {
  return messageId === undefined ? '' : `?from=${messageId}`
}

async function readConversation(response: Response): Promise<ConversationWithMessages> {
  return conversationByOwnClock(await readBody<ConversationWithMessages>(response))
}

function streamOf(response: Response): AsyncIterable<TurnEvent> {
  if (!response.body) throw unreachable(undefined)
  return readTurnStream(response.body)
}
