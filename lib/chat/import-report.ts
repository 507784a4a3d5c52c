import type { ImportFault } from './import-faults.ts'
import type { ImportSource } from './import-sources.ts'
import type { LeftOut } from './imported-conversation.ts'

/** A file is sent in pieces of this size, in bytes: within what proxies let through as they come. */
export const IMPORT_PIECE_BYTES = 1_048_576

export type ImportStatus = 'uploading' | 'queued' | 'running' | 'done' | 'incomplete' | 'failed'

/** `imported`, or why a conversation was not. */
export type ImportOutcome =
  | 'imported'
  | 'here'
  | 'in_trash'
  | 'empty'
  | 'deleted'
  | 'unreadable'
  | 'too_large'
  | 'too_slow'

/** What in an archive is no conversation, by kind. */
export type OtherFiles = Partial<Record<'images' | 'archives' | 'others', number>>

/** A file that is or was imported, as a page shows it. Times are ISO 8601. */
export interface ImportState {
  id: string
  fileName: string
  /** In bytes. */
  size: number
  status: ImportStatus
  fault: ImportFault | null
  /** From 0 to 1: how much of what is in it was read. */
  progress: number
  /** Which of its pieces are here, while it is sent. */
  pieces: number[]
  counts: Partial<Record<ImportOutcome, number>>
  otherFiles: OtherFiles
  createdAt: string
}

/** What became of one conversation. */
export interface ImportEntry {
  /** From 1, in the order of the file. */
  position: number
  outcome: ImportOutcome
  source: ImportSource | null
  title: string
  messages: number
  leftOut: LeftOut
  /** NULL: it is not here, or not any more. */
  conversationId: string | null
}

/** A page of the entries, in the order of the file. */
export interface ImportReport {
  import: ImportState
  entries: ImportEntry[]
  /** Pass as `after` to get the next page; NULL at the end. */
  nextAfter: number | null
}

/** How many pieces a file of this size is sent in. */
export function pieceCount(size: number): number {
  return Math.ceil(size / IMPORT_PIECE_BYTES)
}
