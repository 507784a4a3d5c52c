import { v7 as uuid } from 'uuid'
import { sentText, typedText } from '#lib/chat/commands.ts'
import { type Cell, createCell } from './cell.ts'
import type { DraftStorage } from './draft-storage.ts'
import type { UnsentStorage, UnsentTurn } from './unsent-storage.ts'

/** A text that the page puts into the composer: a message that is taken back, a starter. Each revision once. */
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
  /** What was typed before and was not sent. */
  draft(): string
  type(text: string): void
  /** The id to send a text under. */
  messageId(text: string): string
  /** The message that was sent and is not acknowledged. */
  unsent: Cell<UnsentTurn | null>
  /** Keeps a message until it is acknowledged or taken back. */
  put(turn: UnsentTurn): void
  /** The server has a message; false when it is not the unsent one. */
  acknowledge(messageId: string): boolean
  /** Gives the unsent message back to the person; sent unchanged, it keeps its id. */
  takeBack(): UnsentTurn | null
  /** Puts a message that was taken back into the composer, before what is typed there. */
  refill(message: { id: string; text: string }): void
  /** The conversation is gone: what waits in it is the person's again, where they write next. */
  moveToNew(): void
  /** What was discarded last, while it can be brought back. */
  discarded: Cell<UnsentTurn | null>
  discard(): void
  restore(): void
  /** Looks at what is kept: another tab may have sent a message, or taken it back. */
  sync(): void
  /**
   * Looks whether what was sent without an acknowledgement is on the server after all; then it need not be sent again.
   *
   * @returns the text of a message that was taken back, when that is so of it
   */
  reconcile(): string | null
  /** The server refused the id: it belongs to something else. */
  forgetIds(): void
}

interface OutboxOptions {
  conversationId: string
  drafts: DraftStorage
  unsentTurns: UnsentStorage
  /** Whether the conversation is not on the server yet. */
  isNew(): boolean
  /** Whether a message turned out to be on the server although nobody said so. */
  isStored(messageId: string): boolean
}

export function createOutbox(options: OutboxOptions): Outbox {
  const { conversationId, drafts, unsentTurns, isNew, isStored } = options
  const filled = createCell<FilledText>({ text: '', revision: 0 })
  const unsent = createCell<UnsentTurn | null>(null)
  const discarded = createCell<UnsentTurn | null>(null)
  /** Taken back into the composer, and possibly on the server all the same. */
  let takenBack: { id: string; text: string } | null = null
  /** Whether another tab has kept its message where this page's was. */
  let isDisplaced = false
  const key = () => (isNew() ? NEW_DRAFT : conversationId)

  function fill(text: string) {
    filled.set({ text, revision: filled.get().revision + 1 })
  }

  function put(turn: UnsentTurn) {
    // Another tab may have begun to send here at the same moment: its message waits behind this one.
    const behind = without(unsentTurns.load(conversationId), turn)
    unsentTurns.save(conversationId, behind ? { ...turn, behind } : turn)
    discarded.set(null)
    unsent.set(turn)
  }

  function remove(): UnsentTurn | null {
    const turn = unsent.get()
    if (turn) withdraw(turn)
    unsent.set(null)
    return turn
  }

  /** Keeps a message no longer; what waits behind it stays. */
  function withdraw(turn: UnsentTurn) {
    const rest = without(unsentTurns.load(conversationId), turn)
    if (rest) unsentTurns.save(conversationId, rest)
    else unsentTurns.clear(conversationId)
  }

  /** What is kept is taken over, but never in the place of a message that only this page has. */
  function take(kept: UnsentTurn | null) {
    const own = unsent.get()
    if (own && holds(kept, own)) return
    if (own && kept) isDisplaced = true
    else if (own && isDisplaced) put(own)
    else unsent.set(kept && alone(kept))
    if (!kept) isDisplaced = false
  }

  /** What was typed since then stays. */
  function clearDraftOf(messageId: string) {
    for (const place of [NEW_DRAFT, conversationId]) {
      if (drafts.load(place)?.messageId === messageId) drafts.clear(place)
    }
  }

  return {
    filled,
    unsent,
    discarded,
    fill,
    put,
    draft() {
      const draft = drafts.load(key())
      if (!draft) return ''
      const { messageId, text } = draft
      if (messageId && isStored(messageId)) {
        drafts.clear(key())
        return ''
      }
      if (messageId) takenBack = { id: messageId, text: sentText(text.trim()) }
      return text
    },
    type(text) {
      if (text === '') drafts.clear(key())
      else drafts.save(key(), { text })
    },
    messageId(text) {
      return takenBack?.text === text ? takenBack.id : uuid()
    },
    acknowledge(messageId) {
      if (unsent.get()?.request.message.id !== messageId) return false
      remove()
      clearDraftOf(messageId)
      takenBack = null
      return true
    },
    takeBack() {
      const turn = remove()
      if (turn) takenBack = turn.request.message
      return turn
    },
    refill({ id: messageId, text: message }) {
      const text = typedText(message)
      const typed = drafts.load(key())?.text.trim()
      drafts.save(key(), typed ? { text: `${text}\n\n${typed}` } : { text, messageId, conversationId })
      fill(text)
    },
    moveToNew() {
      const turn = remove()
      if (!turn) return
      const text = typedText(turn.request.message.text)
      const typed = drafts.load(NEW_DRAFT)?.text.trim()
      drafts.save(NEW_DRAFT, { text: typed ? `${text}\n\n${typed}` : text })
    },
    discard() {
      discarded.set(remove())
    },
    restore() {
      const turn = discarded.get()
      if (turn) put(turn)
    },
    sync() {
      const kept = unsentTurns.load(conversationId)
      if (kept && isStored(kept.request.message.id)) withdraw(kept)
      else if (kept?.request.message.id !== unsent.get()?.request.message.id) take(kept)
    },
    reconcile() {
      const waiting = unsent.get()?.request.message.id
      if (waiting && isStored(waiting)) remove()
      if (!takenBack || !isStored(takenBack.id)) return null
      const { id, text } = takenBack
      clearDraftOf(id)
      takenBack = null
      fill('')
      return text
    },
    forgetIds() {
      const draft = takenBack && drafts.load(key())
      if (draft) drafts.save(key(), { text: draft.text })
      takenBack = null
    },
  }
}

function isSame(one: UnsentTurn, other: UnsentTurn): boolean {
  return one.request.message.id === other.request.message.id
}

/** A message without those that wait behind it. */
function alone({ behind: _, ...turn }: UnsentTurn): UnsentTurn {
  return turn
}

function holds(kept: UnsentTurn | null, turn: UnsentTurn): boolean {
  return kept !== null && (isSame(kept, turn) || holds(kept.behind ?? null, turn))
}

/** What is kept beside a message. */
function without(kept: UnsentTurn | null, turn: UnsentTurn): UnsentTurn | null {
  if (!kept) return null
  const behind = without(kept.behind ?? null, turn)
  if (isSame(kept, turn)) return behind
  return behind ? { ...kept, behind } : alone(kept)
}
