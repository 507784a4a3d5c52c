import type { ContextLedger } from './context-ledger.ts'
import type { GenerationCall } from './generation-call.ts'
import type { ImportSource } from './import-sources.ts'
import type { GenerationStatus, Intensity, TitleSource } from './types.ts'

/** What of a conversation does not come along, each with how often. */
export type LeftOutKind =
  | 'images'
  | 'audio'
  | 'attachments'
  | 'tools'
  | 'reasoning'
  | 'instructions'
  | 'hidden'
  | 'empty'
  | 'unknown'
  | 'detached'
  | 'deleted'
  | 'ledgers'
  | 'summaries'

export type LeftOut = Partial<Record<LeftOutKind, number>>

/** A run that wrote an answer. What is NULL is not known. */
export interface ImportedGeneration {
  /** The source's id; NULL: it has none. */
  id: string | null
  status: Exclude<GenerationStatus, 'streaming'>
  errorCode: string | null
  provider: string
  model: string
  fallbackFrom: string | null
  persona: string | null
  intensity: Intensity | null
  promptHash: string
  ledger: ContextLedger
  calls: GenerationCall[]
  inputTokens: number | null
  outputTokens: number | null
  cachedInputTokens: number | null
  reasoningTokens: number | null
  timeToFirstTokenMs: number | null
  latencyMs: number | null
  cost: number | null
  startedAt: string | null
  finishedAt: string | null
}

export interface ImportedMessage {
  /** The source's ids. */
  id: string
  parentId: string | null
  role: 'user' | 'assistant'
  text: string
  /** NULL: not known; as its parent, then. */
  createdAt: string | null
  clearedAt: string | null
  /** Of an answer at least one. */
  generations: ImportedGeneration[]
}

export interface ImportedSummary {
  id: string
  version: number
  throughMessageId: string
  startsAfterId: string | null
  text: string
  author: 'model' | 'person'
  basedOnId: string | null
  restoredFromId: string | null
  fromMessageId: string | null
  foldedMessages: number
  provider: string | null
  model: string | null
  createdAt: string
}

/** What a conversation is kept in. */
export interface ImportedFolder {
  name: string
  persona: string | null
  instructions: string
}

/** A conversation of another service or server, in the terms of this one. Ids are the source's; times ISO 8601. */
export interface ImportedConversation {
  source: ImportSource
  id: string
  title: string
  titleSource: TitleSource
  /** NULL: the person's usual one. */
  persona: string | null
  intensity: Intensity | null
  model: string | null
  createdAt: string | null
  lastActivityAt: string | null
  pinnedAt: string | null
  archivedAt: string | null
  folder: ImportedFolder | null
  activeLeafId: string | null
  /** Each after the one that it follows. */
  messages: ImportedMessage[]
  summaries: ImportedSummary[]
  leftOut: LeftOut
}

/** Counts one more, or several, of what is left out. */
export function countLeftOut(leftOut: LeftOut, kind: LeftOutKind, count = 1): void {
  if (count > 0) leftOut[kind] = (leftOut[kind] ?? 0) + count
}

/** What stands for a message that is nothing but what does not come along; NULL: nothing of it was anything. */
export function standIn({ images, audio, attachments }: LeftOut): string | null {
  const what = images ? 'An image' : audio ? 'A recording' : attachments ? 'A file' : null
  return what && `_${what} was here, which was not imported._`
}

/** Adds what was counted of a part. */
export function addLeftOut(leftOut: LeftOut, part: LeftOut): void {
  for (const [kind, count] of Object.entries(part)) countLeftOut(leftOut, kind as LeftOutKind, count)
}

/** The ledger of an answer of which nothing is known but who wrote it. */
export const emptyLedger: ContextLedger = {
  budget: 0,
  prompt: { hash: '', tokens: 0, fragments: [] },
  instructions: null,
  summary: null,
  clearedThroughId: null,
  sent: [],
  leftOut: [],
  overBudget: null,
  tokenRatio: 1,
  totalTokens: 0,
}

/** The generation of an answer that another service wrote. */
export function foreignGeneration(
  provider: 'chatgpt' | 'claude',
  model: string,
  createdAt: string | null,
): ImportedGeneration {
  return {
    ...{ id: null, status: 'complete', errorCode: null, provider, model, fallbackFrom: null },
    ...{ persona: null, intensity: null, promptHash: '', ledger: emptyLedger, calls: [] },
    ...{ inputTokens: null, outputTokens: null, cachedInputTokens: null, reasoningTokens: null },
    ...{ timeToFirstTokenMs: null, latencyMs: null, cost: null, startedAt: createdAt, finishedAt: createdAt },
  }
}
