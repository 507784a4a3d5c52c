import { v5 as uuidv5, validate } from 'uuid'
import { cleanText } from './clean-text.ts'
import { fallbackTitle } from './fallback-title.ts'
import type { ImportedConversation, ImportedGeneration, ImportedMessage } from './imported-conversation.ts'
import { MAX_TITLE_LENGTH } from './limits.ts'
import { shortenText } from './shorten-text.ts'
import type { Intensity } from './types.ts'

/** What an import fills in where its source says nothing. */
export interface ImportDefaults {
  userId: string
  persona: string
  intensity: Intensity
  /** ISO 8601; nothing has happened later. */
  now: string
  /** Under which hash a text that a ledger names is kept for this person. */
  textHash(hash: string): string
}

interface PlacedMessage extends Omit<ImportedMessage, 'createdAt' | 'generations'> {
  createdAt: string
}

interface PlacedGeneration extends ImportedGeneration {
  id: string
  messageId: string
  persona: string
  intensity: Intensity
  startedAt: string
}

/** A conversation as its rows are to be, but for the tokens of its texts. */
export interface PlacedConversation
  extends Omit<
    ImportedConversation,
    'source' | 'leftOut' | 'messages' | 'persona' | 'createdAt' | 'lastActivityAt'
  > {
  persona: string
  createdAt: string
  lastActivityAt: string
  messages: PlacedMessage[]
  generations: PlacedGeneration[]
  /** The ids under which it may be here already: that of an earlier import, and its own when it comes from here. */
  knownIds: string[]
}

/**
 * Gives a conversation its ids here and fills in what is not known. The ids follow from the person and the source's ids, so
 * that the same conversation comes to the same ones each time, and to others for somebody else. Every text is made
 * fit to be stored.
 */
export function placeImported(given: ImportedConversation, defaults: ImportDefaults): PlacedConversation {
  const id = uuidv5(`${given.source}:${given.id}`, defaults.userId)
  const idOf = idsWithin(id, given)
  // What a version goes back to may have been left out.
  const kept = (summary: string | null) =>
    given.summaries.some((each) => each.id === summary) ? summary : null
  const clean = <T>(value: T): T => mapTexts(value, cleanText)
  const createdAt = given.createdAt ?? given.messages[0]?.createdAt ?? defaults.now
  const messages = withTimes(given.messages, createdAt)
  const lastActivityAt =
    given.lastActivityAt ?? latest(messages.map((message) => message.createdAt)) ?? createdAt
  const title = importedTitle(given.title)
  return clean({
    ...{ id, createdAt, knownIds: validate(given.id) ? [id, given.id] : [id] },
    lastActivityAt: isAfter(lastActivityAt, defaults.now) ? defaults.now : lastActivityAt,
    title: title || titleOf(messages),
    titleSource: title === '' ? 'generated' : given.titleSource,
    ...{ persona: given.persona ?? defaults.persona, intensity: given.intensity, model: given.model },
    ...{
      pinnedAt: given.pinnedAt,
      archivedAt: given.archivedAt,
      folder: given.folder,
      activeLeafId: idOf(given.activeLeafId),
    },
    messages: messages.map(({ generations: _, ...message }) => ({
      ...message,
      ...{ id: idOf(message.id), parentId: idOf(message.parentId) },
    })),
    generations: messages.flatMap((message) =>
      message.generations.map((generation, index) => ({
        ...generation,
        id: uuidv5(generation.id ?? `${message.id}:${index}`, id),
        messageId: idOf(message.id),
        persona: generation.persona ?? defaults.persona,
        intensity: generation.intensity ?? defaults.intensity,
        startedAt: generation.startedAt ?? message.createdAt,
        ledger: placeLedger(generation.ledger, idOf, defaults),
      })),
    ),
    summaries: given.summaries.map((summary) => ({
      ...summary,
      ...{ id: idOf(summary.id), throughMessageId: idOf(summary.throughMessageId) },
      ...{ startsAfterId: idOf(summary.startsAfterId), fromMessageId: idOf(summary.fromMessageId) },
      ...{ basedOnId: idOf(kept(summary.basedOnId)), restoredFromId: idOf(kept(summary.restoredFromId)) },
    })),
  })
}

/** A title as it can be stored and stands in a line, whatever a file has. */
export function importedTitle(title: string): string {
  const line = cleanText(title)
    .replaceAll(/[\s\p{Cc}]+/gu, ' ')
    .trim()
  return shortenText(line, MAX_TITLE_LENGTH)
}

/** What the ids of messages and summaries become; NULL stays. */
function idsWithin(conversationId: string, { messages, summaries }: ImportedConversation) {
  const ids = new Map([...messages, ...summaries].map(({ id }) => [id, uuidv5(id, conversationId)]))
  return <T extends string | null>(id: T): T => {
    if (id === null) return id
    return (ids.get(id) ?? uuidv5(id, conversationId)) as T
  }
}

/** Where no time is known, the messages of a conversation follow each other by a millisecond. */
function withTimes(messages: ImportedMessage[], createdAt: string) {
  const begin = Date.parse(createdAt)
  return messages.map((message, index) => ({
    ...message,
    createdAt: message.createdAt ?? new Date(begin + index).toISOString(),
  }))
}

function isAfter(time: string, other: string): boolean {
  return Date.parse(time) > Date.parse(other)
}

function latest(times: string[]): string | undefined {
  return times.toSorted().at(-1)
}

function titleOf(messages: { role: string; text: string }[]): string {
  return fallbackTitle(messages.find(({ role }) => role === 'user')?.text ?? messages[0]?.text ?? '')
}

/** A ledger names messages and summaries by their ids, and texts by hashes under which this person has none. */
function placeLedger(
  ledger: ImportedGeneration['ledger'],
  idOf: <T extends string | null>(id: T) => T,
  { textHash }: ImportDefaults,
): ImportedGeneration['ledger'] {
  const named = <T extends { hash: string }>(text: T): T => ({ ...text, hash: textHash(text.hash) })
  const { prompt, instructions, folder, summary, sent, leftOut, overBudget, continuation } = ledger
  return {
    ...ledger,
    prompt: { ...prompt, fragments: prompt.fragments.map(named) },
    instructions: instructions && named(instructions),
    ...(folder && { folder: named(folder) }),
    summary: summary && {
      ...summary,
      ...{ id: idOf(summary.id), throughMessageId: idOf(summary.throughMessageId) },
    },
    clearedThroughId: idOf(ledger.clearedThroughId),
    sent: sent.map((each) => ({ ...each, messageId: idOf(each.messageId) })),
    leftOut: leftOut.map((each) => ({ ...each, messageId: idOf(each.messageId) })),
    overBudget: overBudget && {
      ...overBudget,
      ...{ fromId: idOf(overBudget.fromId), throughId: idOf(overBudget.throughId) },
    },
    ...(continuation && { continuation: named(continuation) }),
  }
}

/** The same value with every text in it changed; its depth is bounded by the schemas that it was checked with. */
function mapTexts<T>(value: T, change: (text: string) => string): T
function mapTexts(value: unknown, change: (text: string) => string): unknown {
  if (typeof value === 'string') return change(value)
  if (Array.isArray(value)) return value.map((each) => mapTexts(each, change))
  if (typeof value !== 'object' || value === null) return value
  return Object.fromEntries(Object.entries(value).map(([name, each]) => [name, mapTexts(each, change)]))
}
