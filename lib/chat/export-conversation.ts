import { writerLabel } from './import-sources.ts'
import type { ConversationWithMessages, Message } from './types.ts'

/** How a conversation can be downloaded. */
export const exportFormats = ['markdown', 'json'] as const
export type ExportFormat = (typeof exportFormats)[number]

export function isExportFormat(text: string): text is ExportFormat {
  return exportFormats.some((format) => format === text)
}

interface ExportOptions {
  /** The name of a persona as people see it. */
  personaLabel(id: string): string
  exportedAt: Date
}

/** The branch that is shown, to be read: who said what, in the Markdown that it was written in. */
export function conversationAsMarkdown(
  { conversation, messages }: ConversationWithMessages,
  { personaLabel, exportedAt }: ExportOptions,
): string {
  const parts = messages.flatMap((message) => [
    `## ${speaker(message, personaLabel)}`,
    message.text.trim() || '_Nothing was written._',
    ...(message.isCleared ? ['---', '_The context starts afresh here._'] : []),
  ])
  const dates = `_Begun on ${day(conversation.createdAt)}, exported on ${day(exportedAt.toISOString())}._`
  return `${[`# ${conversation.title}`, dates, ...parts].join('\n\n')}\n`
}

/** A name for the file that every file system takes, made of the title. */
export function exportFileName(title: string, format: ExportFormat): string {
  const letters = title
    .normalize('NFKD')
    .replaceAll(/\p{M}/gu, '')
    .replaceAll(/[^\p{L}\p{N}]+/gu, '-')
  // By code points: half a letter has no place in a header.
  const name = Array.from(letters)
    .slice(0, 60)
    .join('')
    .replaceAll(/^-+|-+$/g, '')
  return `${name || 'conversation'}.${format === 'json' ? 'json' : 'md'}`
}

/** Gives each name out once: the second of the same is told apart by a number, whatever a file system thinks of capitals. */
export function uniqueNames(): (name: string) => string {
  const given = new Set<string>()
  return (name) => {
    const dot = name.lastIndexOf('.')
    let unique = name
    for (let count = 2; given.has(unique.toLowerCase()); count++) {
      unique = `${name.slice(0, dot)}-${count}${name.slice(dot)}`
    }
    given.add(unique.toLowerCase())
    return unique
  }
}

function speaker(message: Message, personaLabel: (id: string) => string): string {
  return message.role === 'user' ? 'You' : writerLabel(message.generation, personaLabel)
}

function day(time: string): string {
  return time.slice(0, 10)
}
