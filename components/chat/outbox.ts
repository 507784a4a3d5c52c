import { v7 as uuid } from 'uuid'
import { type Cell, createCell } from './cell.ts'
import type { DraftStorage } from './draft-storage.ts'

/** A text that the page puts into the composer: a message that could not be sent, a starter. Each revision once. */
export interface FilledText {
  text: string
  revision: number
}

/** The place of the draft of a conversation that is not on the server yet. */
export const NEW_DRAFT = 'new'

/**
 * What a person has typed in one conversation, until the server has acknowledged it. Whatever is sent again unchanged
 * goes under the id that it had before, so that it can never be there twice.
 */
export interface Outbox {
  filled: Cell<FilledText>
  fill(text: string): void
  /** What was typed before and is not on the server. */
  draft(): string
  type(text: string): void
  /** The id to send a text under. */
  messageId(text: string): string
  /** The id to ask for another answer to a message under. */
  answerId(parentId: string): string
  acknowledge(): void
  /** Looks whether what was sent without an acknowledgement is on the server after all; then it need not be sent again. */
  reconcile(): void
  /** The server refused the id: it belongs to something else. */
  forgetIds(): void
}

interface OutboxOptions {
  conversationId: string
  drafts: DraftStorage
  /** Whether the conversation is not on the server yet. */
  isNew(): boolean
  /** Whether a message turned out to be on the server although nobody said so. */
  isStored(messageId: string): boolean
}

export function createOutbox({ conversationId, drafts, isNew, isStored }: OutboxOptions): Outbox {
  const filled = createCell<FilledText>({ text: '', revision: 0 })
  let unsentMessage: { id: string; text: string } | null = null
  let unsentAnswer: { id: string; parentId: string } | null = null
  const key = () => (isNew() ? NEW_DRAFT : conversationId)

  function fill(text: string) {
    filled.set({ text, revision: filled.get().revision + 1 })
  }

  function acknowledge() {
    const sent = unsentMessage?.id
    unsentMessage = null
    unsentAnswer = null
    // What was typed since then stays.
    for (const place of [NEW_DRAFT, conversationId]) {
      if (sent && drafts.load(place)?.messageId === sent) drafts.clear(place)
    }
  }

  return {
    filled,
    fill,
    draft() {
      const draft = drafts.load(key())
      if (!draft) return ''
      const { messageId, text } = draft
      if (messageId && isStored(messageId)) {
        drafts.clear(key())
        return ''
      }
      if (messageId) unsentMessage = { id: messageId, text: text.trim() }
      return text
    },
    type(text) {
      if (text === '') drafts.clear(key())
      else drafts.save(key(), { text })
    },
    messageId(text) {
      if (unsentMessage?.text !== text) unsentMessage = { id: uuid(), text }
      drafts.save(key(), { text, messageId: unsentMessage.id, conversationId })
      return unsentMessage.id
    },
    answerId(parentId) {
      if (unsentAnswer?.parentId !== parentId) unsentAnswer = { id: uuid(), parentId }
      return unsentAnswer.id
    },
    acknowledge,
    reconcile() {
      if (!unsentMessage || !isStored(unsentMessage.id)) return
      acknowledge()
      fill('')
    },
    forgetIds() {
      unsentMessage = null
      unsentAnswer = null
    },
  }
}
