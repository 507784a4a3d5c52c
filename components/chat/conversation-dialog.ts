/** What can be open above a conversation, by a command or otherwise; NULL: nothing. */
export type ConversationDialog = 'stats' | 'summary' | 'share' | null

/** The answer of which it is shown how it was made, and the button that asked for it. */
export interface OpenMaking {
  messageId: string
  opener: HTMLElement
}
