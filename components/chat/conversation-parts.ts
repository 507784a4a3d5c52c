import type { AssistantMessage, Conversation } from '#lib/chat/types.ts'
import type { AnswerFollower, FollowerSurroundings } from './answer-follower.ts'
import type { BranchActions } from './branch-actions.ts'
import type { Cell } from './cell.ts'
import type { ConversationState } from './conversation-state.ts'
import type { Delivery } from './delivery.ts'
import type { DraftStorage } from './draft-storage.ts'
import type { Outbox } from './outbox.ts'
import type { Transcript } from './transcript.ts'
import type { UnsentStorage } from './unsent-storage.ts'
import type { VoiceChoice } from './voice-choice.ts'

/** What a conversation needs of the page around it. */
export interface ConversationSurroundings extends FollowerSurroundings {
  drafts: DraftStorage
  unsentTurns: UnsentStorage
  /** A turn was acknowledged: the conversation is on the server, in this state. */
  onStarted(conversation: Conversation): void
  /** An answer that was read here has ended. */
  onEnded(conversation: Conversation, answer: AssistantMessage): void
  /** A model was chosen; NULL: the usual one. */
  onModelChosen(model: string | null): void
}

/** What the modules that make up one conversation share. */
export interface ConversationParts {
  id: string
  around: ConversationSurroundings
  state: Cell<ConversationState>
  transcript: Transcript
  outbox: Outbox
  delivery: Delivery
  branches: BranchActions
  voice: VoiceChoice
  follower: AnswerFollower
}
