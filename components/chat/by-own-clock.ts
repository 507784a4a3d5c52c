import type { ConversationWithMessages, GenerationView, Message } from '#lib/chat/types.ts'

/** A generation that has just arrived, with the time to ask the provider again by the clock of this page. */
export function byOwnClock(generation: GenerationView, now = Date.now()): GenerationView {
  const { retryInSeconds } = generation
  if (generation.retryAt === null) return generation
  return {
    ...generation,
    retryAt: retryInSeconds === null ? null : new Date(now + retryInSeconds * 1000).toISOString(),
    retryInSeconds: null,
  }
}

/** The same for every answer among messages that have just arrived. */
export function messagesByOwnClock(messages: readonly Message[], now = Date.now()): Message[] {
  return messages.map((message) =>
    message.role === 'user' ? message : { ...message, generation: byOwnClock(message.generation, now) },
  )
}

/** The same for a conversation. */
export function conversationByOwnClock(
  read: ConversationWithMessages,
  now = Date.now(),
): ConversationWithMessages {
  return { ...read, messages: messagesByOwnClock(read.messages, now) }
}
