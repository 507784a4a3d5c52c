import {
  conversationAsJson,
  conversationAsMarkdown,
  exportFileName,
  exportFormats,
  isExportFormat,
} from '#lib/chat/export-conversation.ts'
import { readConversation } from '#lib/db/conversations.ts'
import { AppError } from '#lib/errors.ts'
import { promptLibrary } from '#lib/prompts/library.ts'
import { conversationNotFound } from './path-ids.ts'

/**
 * The branch of a conversation that is shown, as a file.
 *
 * @throws AppError not_found, invalid_request for a format that is none
 */
export async function exportConversation(
  userId: string,
  conversationId: string,
  format: string,
): Promise<{ text: string; type: string; fileName: string }> {
  if (!isExportFormat(format)) {
    throw new AppError('invalid_request', `A conversation is exported as ${exportFormats.join(' or ')}.`, {
      field: 'format',
    })
  }
  const read = await readConversation(userId, conversationId)
  if (!read) throw conversationNotFound()
  const { personas } = promptLibrary()
  const options = {
    personaLabel: (id: string) => personas.find((persona) => persona.id === id)?.label ?? id,
    exportedAt: new Date(),
  }
  return {
    text: (format === 'json' ? conversationAsJson : conversationAsMarkdown)(read, options),
    type: format === 'json' ? 'application/json' : 'text/markdown',
    fileName: exportFileName(read.conversation.title, format),
  }
}
