import type { GenerationView } from './types.ts'

/** What opens the stream of an answer: which turn it belongs to. */
export interface TurnStart {
  conversationId: string
  userMessageId: string
  generation: GenerationView
}

/**
 * The frames of an answer's stream, a subset of the AI SDK's UI message stream protocol
 * (node_modules/ai/docs/04-ai-sdk-ui/50-stream-protocol.mdx), so that any of its clients can read it.
 */
export type TurnFrame =
  | { type: 'start'; messageId: string; messageMetadata: TurnStart }
  | { type: 'text-start'; id: 'text' }
  | { type: 'text-delta'; id: 'text'; delta: string }
  | { type: 'text-end'; id: 'text' }
  /** Whether what was shown so far is stored: false while the database is away, true once it is back. */
  | { type: 'data-storage'; data: { isStored: boolean } }
  | { type: 'data-generation'; data: GenerationView }
  | { type: 'finish' }
