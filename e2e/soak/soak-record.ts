/** A piece of text that a page has shown: how long the message then was, and when, in milliseconds. */
interface Sighting {
  length: number
  at: number
}

/** What a page has shown of one answer. */
export interface ShownAnswer {
  conversationId: string
  text: string
  sightings: Sighting[]
  /** What was shown and then was not there any more. */
  losses: Loss[]
}

/** Text that was shown and is gone, and when each piece of it was first seen. */
export interface Loss {
  text: string
  from: number
  seenAt: number[]
}

/** A message that a person sent. */
export interface SentMessage {
  id: string
  conversationId: string
  text: string
  /** How often another answer was asked for. */
  retries: number
  isAcknowledged: boolean
}

/** Everything that the soak's pages sent and showed, kept outside of them: a page that is reloaded forgets. */
export class SoakRecord {
  readonly sent = new Map<string, SentMessage>()
  readonly shown = new Map<string, ShownAnswer>()
  /** When a server was killed. */
  readonly kills: number[] = []
  /** How long it took after a start until no answer of before called itself running any more. */
  readonly recoveries: number[] = []
  continuations = 0
  reloads = 0
  stops = 0

  sending(message: Pick<SentMessage, 'id' | 'conversationId' | 'text'>): void {
    if (!this.sent.has(message.id))
      this.sent.set(message.id, { ...message, retries: 0, isAcknowledged: false })
  }

  acknowledged(messageId: string): void {
    const message = this.sent.get(messageId)
    if (message) message.isAcknowledged = true
  }

  retried(messageId: string): void {
    const message = this.sent.get(messageId)
    if (message) message.retries += 1
  }

  /** A page shows this text of an answer. */
  show(answerId: string, conversationId: string, text: string, at: number): void {
    const answer = this.shown.get(answerId) ?? { conversationId, text: '', sightings: [], losses: [] }
    this.shown.set(answerId, answer)
    // Another page, or one that was reloaded, may be behind: it has been seen already.
    if (answer.text.startsWith(text)) return
    lose(answer, text)
    answer.text = text
    answer.sightings.push({ length: text.length, at })
  }
}

/** Notes what of an answer's shown text is not in `text`. */
export function lose(answer: ShownAnswer, text: string): void {
  if (text.startsWith(answer.text)) return
  const from = commonLength(answer.text, text)
  const gone = answer.sightings.filter(({ length }) => length > from)
  answer.losses.push({ text: answer.text.slice(from), from, seenAt: gone.map(({ at }) => at) })
  answer.sightings = answer.sightings.filter(({ length }) => length <= from)
  answer.text = answer.text.slice(0, from)
}

/** How many UTF-16 units two texts have in common from their beginning. */
function commonLength(a: string, b: string): number {
  let length = 0
  while (length < a.length && length < b.length && a[length] === b[length]) length += 1
  return length
}
