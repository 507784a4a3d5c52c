import type { ConversationWithMessages, GenerationView } from '#lib/chat/types.ts'

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

/** The same for every answer of a conversation that has just arrived. */
export function conversationByOwnClock(
  read: ConversationWithMessages,
  now = Date.now(),
): ConversationWithMessages {
  return {
    ...read,
    messages: read.messages.map((message) =>
      message.role === 'user' ? message : { ...message, generation: byOwnClock(message.generation, now) },
    ),
  }
}
