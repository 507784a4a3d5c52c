import { createPersonStorage, type PersonStorage } from './person-storage.ts'

/** What was typed and not sent. */
export interface Draft {
  text: string
  /** Set once it was sent without being acknowledged: sending it again under this id cannot send it twice. */
  messageId?: string
  /** For a new conversation: the id it was sent under. */
  conversationId?: string
}

/** Where drafts are kept: one per conversation, and one for the new conversation. */
export type DraftStorage = PersonStorage<Draft>

/** Drafts in the browser's storage, per person. */
export function createDraftStorage(
  userId: string,
  storage?: () => Storage,
  onForgetful?: () => void,
): DraftStorage {
  return createPersonStorage({ prefix: 'stoa-draft', userId, parse: parseDraft, storage, onForgetful })
}

function parseDraft(stored: unknown): Draft | null {
  const draft = stored as Partial<Draft> | null
  return typeof draft?.text === 'string' ? (draft as Draft) : null
}
