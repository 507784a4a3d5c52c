import { importFaults } from '#lib/chat/import-faults.ts'
import type { ImportOutcome, ImportState, OtherFiles } from '#lib/chat/import-report.ts'
import type { LeftOut, LeftOutKind } from '#lib/chat/imported-conversation.ts'

const outcomes: Record<Exclude<ImportOutcome, 'imported'>, string> = {
  here: 'It is here already.',
  in_trash: 'It is in the trash. Restore it there.',
  empty: 'Nothing was said in it.',
  deleted: 'It had been deleted when it was exported.',
  unreadable: 'It does not have the shape of a conversation.',
  too_large: 'It is too large, or repeats too much in its branches, to be stored.',
  too_slow: 'Storing it took too long. Import the file again to try once more.',
}

/** Why a conversation was skipped; NULL: it was not. */
export function describeOutcome(outcome: ImportOutcome): string | null {
  return outcome === 'imported' ? null : outcomes[outcome]
}

const kinds: Record<LeftOutKind, [one: string, several: string]> = {
  images: ['image', 'images'],
  audio: ['recording', 'recordings'],
  attachments: ['attached file', 'attached files'],
  tools: ['use of a tool', 'uses of tools'],
  reasoning: ['thought', 'thoughts'],
  instructions: ['note to the model', 'notes to the model'],
  hidden: ['hidden message', 'hidden messages'],
  empty: ['empty message', 'empty messages'],
  unknown: ['part of an unknown kind', 'parts of unknown kinds'],
  detached: ['message that follows none', 'messages that follow none'],
  deleted: ['deleted message', 'deleted messages'],
  ledgers: ['record of what was sent', 'records of what was sent'],
  summaries: ['summary of deleted messages', 'summaries of deleted messages'],
}

const and = new Intl.ListFormat('en-GB', { type: 'conjunction' })

/** What of a conversation did not come along; NULL: all came. */
export function describeLeftOut(leftOut: LeftOut): string | null {
  const parts = Object.entries(leftOut).map(([kind, count]) => counted(count, kinds[kind as LeftOutKind]))
  return parts.length === 0 ? null : `Without ${and.format(parts)}.`
}

/** What came of an import that is over, in a line. */
export function describeEnd({ status, counts }: ImportState): string {
  const imported = counts.imported ?? 0
  const skipped = sumOf(counts) - imported
  if (status === 'failed') return 'Nothing was imported.'
  if (imported === 0) {
    const isAllHere = counts.here === skipped
    return isAllHere
      ? `Nothing new: ${skipped === 1 ? 'its conversation is' : `all ${number(skipped)} conversations are`} here already.`
      : `Nothing was imported: ${conversations(skipped)} skipped.`
  }
  return `${conversations(imported)} imported${skipped > 0 ? `, ${number(skipped)} skipped` : ''}.`
}

/** What more there is to know of it; NULL: nothing. */
export function describeRest({ fault, counts, otherFiles }: ImportState): string | null {
  const isPart = fault !== null && Boolean(counts.imported)
  const parts = [
    fault && importFaults[fault],
    isPart ? 'What came before is here, and is not imported twice.' : null,
    describeOthers(otherFiles),
  ]
  return parts.filter((part) => part !== null).join(' ') || null
}

function describeOthers({ images, archives, others }: OtherFiles): string | null {
  const parts = [
    ...(images ? [counted(images, ['image', 'images'])] : []),
    ...(archives ? [counted(archives, ['archive', 'archives'])] : []),
    ...(others ? [counted(others, ['other file', 'other files'])] : []),
  ]
  return parts.length === 0 ? null : `The archive also held ${and.format(parts)}, which stayed there.`
}

/** How many conversations were looked at so far. */
export function sumOf(counts: ImportState['counts']): number {
  return Object.values(counts).reduce((sum, count) => sum + count, 0)
}

export function conversations(count: number): string {
  return counted(count, ['conversation', 'conversations'])
}

/** `4.2 MB`, `310 MB`, `12 kB` */
export function fileSize(bytes: number): string {
  if (bytes < 1_048_576) return `${Math.max(1, Math.round(bytes / 1024))} kB`
  const megabytes = bytes / 1_048_576
  return `${megabytes < 10 ? megabytes.toFixed(1) : Math.round(megabytes)} MB`
}

function counted(count: number, [one, several]: [string, string]): string {
  return `${number(count)} ${count === 1 ? one : several}`
}

function number(value: number): string {
  return value.toLocaleString('en')
}
