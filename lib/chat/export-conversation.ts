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

/** The same, to be processed: with what is known of how each answer was made. */
export function conversationAsJson(
  { conversation, messages }: ConversationWithMessages,
  { exportedAt }: ExportOptions,
): string {
  const { id, title, createdAt, persona, intensity, model } = conversation
  return `${JSON.stringify(
    {
      ...{ format: 'stoa-conversation', version: 1, exportedAt: exportedAt.toISOString() },
      conversation: { id, title, createdAt, persona, intensity, model },
      messages: messages.map(exportedMessage),
    },
    null,
    2,
  )}\n`
}

/** A name for the file that every file system takes, made of the title. */
export function exportFileName(title: string, format: ExportFormat): string {
  const name = title
    .normalize('NFKD')
    .replaceAll(/\p{M}/gu, '')
    .replaceAll(/[^\p{L}\p{N}]+/gu, '-')
    .slice(0, 60)
    .replaceAll(/^-+|-+$/g, '')
  return `${name || 'conversation'}.${format === 'json' ? 'json' : 'md'}`
}

function speaker(message: Message, personaLabel: (id: string) => string): string {
  return message.role === 'user' ? 'You' : personaLabel(message.generation.persona)
}

function exportedMessage(message: Message) {
  const { id, parentId, role, text, createdAt, isCleared } = message
  const base = { id, parentId, role, text, createdAt, ...(isCleared && { contextStartsAfreshAfter: true }) }
  if (message.role === 'user') return base
  const { status, persona, intensity, provider, model, inputTokens, outputTokens } = message.generation
  return { ...base, status, persona, intensity, provider, model, inputTokens, outputTokens }
}

function day(time: string): string {
  return time.slice(0, 10)
}
