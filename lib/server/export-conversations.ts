import { makeZip } from 'client-zip'
import {
  conversationAsMarkdown,
  type ExportFormat,
  exportFileName,
  exportFormats,
  isExportFormat,
  uniqueNames,
} from '#lib/chat/export-conversation.ts'
import { exportPromptTexts } from '#lib/db/account-export.ts'
import { listExported } from '#lib/db/conversation-export.ts'
import { readConversation } from '#lib/db/conversations.ts'
import { AppError } from '#lib/errors.ts'
import { log } from '#lib/log.ts'
import { promptLibrary } from '#lib/prompts/library.ts'
import { conversationNotFound } from './path-ids.ts'
import { textStream } from './text-stream.ts'
import { writeConversations } from './write-conversations.ts'

/** A file to be downloaded; its content is made as it is read. */
export interface ExportedFile {
  content: ReadableStream<Uint8Array>
  type: string
  fileName: string
}

type Listed = Awaited<ReturnType<typeof listExported>>[number]

/**
 * One conversation as a file: the branch that is shown as Markdown, or all of it as JSON.
 *
 * @throws AppError not_found, invalid_request for a format that is none
 */
export async function exportConversation(
  userId: string,
  conversationId: string,
  format: string,
): Promise<ExportedFile> {
  const known = knownFormat(format)
  const [listed] = await listExported(userId, [conversationId])
  if (!listed) throw conversationNotFound()
  const fileName = exportFileName(listed.title, known)
  if (known === 'json') return jsonFile(userId, [conversationId], fileName)
  const text = await markdownOf(userId, conversationId)
  if (text === null) throw conversationNotFound()
  return { content: textStream(pieces(text)), type: 'text/markdown; charset=utf-8', fileName }
}

/**
 * Several conversations as a file: each as Markdown in a zip archive, or all in one JSON.
 *
 * @param ids NULL: all that are in the list, archived ones included
 * @throws AppError not_found when one of them is not the person's any more, invalid_request for a format that is none
 */
export async function exportConversations(
  userId: string,
  ids: string[] | null,
  format: string,
): Promise<ExportedFile> {
  const known = knownFormat(format)
  const listed = await listExported(userId, ids)
  const missing = ids ? new Set(ids).size - listed.length : 0
  if (missing > 0) {
    const some = missing === 1 ? 'One of these conversations is' : `${missing} of these conversations are`
    throw new AppError('not_found', `${some} not there any more, or not yours. Choose again.`)
  }
  const name = `stoa-conversations-${new Date().toISOString().slice(0, 10)}`
  if (known === 'json') return jsonFile(userId, ids, `${name}.json`)
  return { content: makeZip(markdownFiles(userId, listed)), type: 'application/zip', fileName: `${name}.zip` }
}

function knownFormat(format: string): ExportFormat {
  if (isExportFormat(format)) return format
  throw new AppError('invalid_request', `Conversations are exported as ${exportFormats.join(' or ')}.`, {
    field: 'format',
  })
}

function jsonFile(userId: string, ids: string[] | null, fileName: string): ExportedFile {
  return { content: textStream(jsonText(userId, ids)), type: 'application/json; charset=utf-8', fileName }
}

async function* jsonText(userId: string, ids: string[] | null): AsyncGenerator<string> {
  const hashes = new Set<string>()
  yield `{"format":"stoa-conversations","version":1,"exportedAt":${JSON.stringify(new Date())},\n"conversations":`
  yield* writeConversations(userId, { ids, withDeleted: false }, hashes)
  const texts = await exportPromptTexts(userId, [...hashes], { withAllOwn: false })
  yield `,\n"promptTexts":${JSON.stringify(texts)}}\n`
}

async function* pieces(text: string): AsyncGenerator<string> {
  yield text
}

async function* markdownFiles(userId: string, listed: Listed[]) {
  const nameOf = uniqueNames()
  try {
    for (const { id, title, createdAt, lastActivityAt } of listed) {
      const text = await markdownOf(userId, id)
      // Deleted since the list was read.
      if (text === null) continue
      const name = `${createdAt.toISOString().slice(0, 10)}-${exportFileName(title, 'markdown')}`
      yield { name: nameOf(name), lastModified: lastActivityAt, input: text }
    }
  } catch (error) {
    // Its reader sees only that the download broke off.
    log().error({ error: String(error) }, 'an export broke off')
    throw error
  }
}

/** NULL: it is not there any more. */
async function markdownOf(userId: string, conversationId: string): Promise<string | null> {
  const read = await readConversation(userId, conversationId)
  if (!read) return null
  const { personas } = promptLibrary()
  const personaLabel = (id: string) => personas.find((persona) => persona.id === id)?.label ?? id
  return conversationAsMarkdown(read, { personaLabel, exportedAt: new Date() })
}
