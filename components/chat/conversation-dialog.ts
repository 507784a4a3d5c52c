/** What can be open above a conversation, by a command or otherwise; NULL: nothing. */
export type ConversationDialog = 'help' | 'stats' | 'summary' | null
