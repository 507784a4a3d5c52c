/** The shapes that server and page share. Times are ISO 8601 strings, so that they cross the wire unchanged. */

export const intensities = ['low', 'medium', 'high'] as const
export type Intensity = (typeof intensities)[number]

export type TitleSource = 'placeholder' | 'generated' | 'person'

/** `streaming` is the only state that is not final. */
export type GenerationStatus = 'streaming' | 'complete' | 'truncated' | 'stopped' | 'interrupted' | 'failed'

/** One row of the list of conversations. */
export interface ConversationListItem {
  id: string
  title: string
  titleSource: TitleSource
  lastActivityAt: string
  /** Whether an answer is being written in it now. */
  running: boolean
  pinned: boolean
  archived: boolean
  /** One of the person's folders; NULL: in none. */
  folderId: string | null
}

/** Which of a person's conversations are listed; what is missing or undefined makes no difference. */
export interface ConversationFilter {
  pinned?: boolean | undefined
  archived?: boolean | undefined
  /** NULL: in no folder. */
  folder?: string | null | undefined
}

/** What the per-person event stream reports: the new state of a conversation that changed. */
export interface ConversationEvent extends ConversationListItem {
  deleted: boolean
  /** The end of the branch that is shown: when it is unknown to a page, that page has something to fetch. */
  activeLeafId: string | null
}

/** A conversation without its messages. */
export interface Conversation extends ConversationListItem {
  persona: string
  /** NULL: the persona's own. */
  intensity: Intensity | null
  /** As `provider:model`; NULL: the usual one. */
  model: string | null
  activeLeafId: string | null
  createdAt: string
  /** Of one that was deleted; missing in any other. */
  deletedAt?: string
  /** In no list, and erased when it is left, or an hour after its last message. Missing in any other. */
  isTemporary?: true
}

/** A version of the summary that an assistant reads in the place of older messages. */
export interface SummaryRef {
  id: string
  /** From 1, within its conversation. */
  version: number
  /** The last message that it covers. */
  throughMessageId: string
}

/** A version of a summary as a person sees it. */
export interface SummaryVersion extends SummaryRef {
  text: string
  /** Of the text, as counted here. */
  tokens: number
  author: 'model' | 'person'
  /** Who wrote it; NULL when a person did. */
  provider: string | null
  model: string | null
  /** The version that was folded into this one, or that a person changed; NULL: none. */
  basedOnVersion: number | null
  /** The version that a person rolled back to. */
  restoredFromVersion: number | null
  /** The first message that this version took in itself, and how many; NULL and 0 when it took in none. */
  fromMessageId: string | null
  foldedMessages: number
  /** All that it stands for, with what those before it took in. */
  coveredMessages: number
  createdAt: string
  /** Whether it is what is sent on the branch that is shown. */
  isActive: boolean
  /** Whether it can be: it was made of that branch, and since the context was last started afresh there. */
  canHold: boolean
}

/** Versions of a conversation's summary, newest first. */
export interface SummaryPage {
  versions: SummaryVersion[]
  /** Pass as `before` to get the next page; NULL at the end. */
  nextBefore: number | null
}

/** What a person may know of the run that made an answer. */
export interface GenerationView {
  id: string
  status: GenerationStatus
  /** Why it failed or was interrupted; explained by `generationErrors`. */
  errorCode: string | null
  /** When the provider wants to be asked again; NULL when it did not say. */
  retryAt: string | null
  /** How many seconds that was away when this was sent: the page's clock may be off. NULL: nothing to wait for any more. */
  retryInSeconds: number | null
  persona: string
  intensity: Intensity
  provider: string
  model: string
  /** The model that was asked first and failed, when another one wrote the answer. */
  fallbackFrom: string | null
  /** Of all runs of the answer together; NULL when the provider did not report it for one of them. */
  inputTokens: number | null
  outputTokens: number | null
  timeToFirstTokenMs: number | null
  /** Of all runs of the answer together. */
  latencyMs: number | null
}

interface MessageBase {
  id: string
  parentId: string | null
  /** Every message that stands in this one's place, itself included, oldest first: one of them is shown. */
  siblingIds: string[]
  text: string
  createdAt: string
  /** Whether the context starts afresh after it: it and what came before are not sent any more. */
  isCleared: boolean
}

export interface UserMessage extends MessageBase {
  role: 'user'
}

export interface AssistantMessage extends MessageBase {
  role: 'assistant'
  generation: GenerationView
}

export type Message = UserMessage | AssistantMessage

/**
 * A conversation with messages of its active branch, oldest first: all, or those from one on. Where the first of them has a
 * parent, more come before it.
 */
export interface ConversationWithMessages {
  conversation: Conversation
  messages: Message[]
  /** The one that holds on this branch; NULL: every message is sent, as far as it fits. */
  summary: SummaryRef | null
}

/** A persona as the page offers it. */
export interface PersonaOption {
  id: string
  label: string
  description: string
  /** The persona's own intensity. */
  intensity: Intensity
  starters: string[]
}

/** The model that answers, as the page names it. */
export interface ModelLabel {
  provider: string
  model: string
  /** False for the built-in demo model, which must never pass for an AI model. */
  isAiModel: boolean
}

/** A page of the list of conversations, newest activity first. */
export interface ConversationPage {
  conversations: ConversationListItem[]
  /** Pass as `before` to get the next page; NULL at the end. */
  nextCursor: string | null
}

/** A conversation that was deleted and can still be restored. */
export interface DeletedConversation extends ConversationListItem {
  deletedAt: string
}

/** A page of them, the last deleted first. */
export interface DeletedPage {
  conversations: DeletedConversation[]
  nextCursor: string | null
}

/** What a person keeps conversations together in. */
export interface Folder {
  id: string
  name: string
  /** What conversations begin with that are begun in it; NULL: as the person prefers. */
  persona: string | null
  /** Sent with every answer in it; empty: none. */
  instructions: string
  /** Whether the sidebar shows what is in it. */
  isOpen: boolean
  /** How many conversations it lists: those that are neither pinned nor archived nor deleted. */
  conversationCount: number
}
