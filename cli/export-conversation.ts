import { writeFile } from 'node:fs/promises'
import path from 'node:path'
import type { z } from 'zod'
import { conversationSchema, messageListSchema } from '#lib/api/conversations.ts'
import { exportFileName } from '#lib/chat/export-conversation.ts'
import { Failure } from './failure.ts'
import type { Session } from './session.ts'

type MessageList = z.infer<typeof messageListSchema>

/**
 * Writes the conversation as Markdown into a new file and says which that is; without a name, one by its title.
 *
 * @throws Failure also when there is such a file: none is written over
 */
export async function exportConversation(session: Session, name: string): Promise<string> {
  const { title } = await session.client.json(conversationSchema, 'GET', session.path)
  const file = path.resolve(
    process.env.STOA_CLI_FOLDER ?? process.cwd(),
    name || exportFileName(title, 'markdown'),
  )
  const text = await conversationText(session, title)
  try {
    await writeFile(file, text, { flag: 'wx' })
  } catch (error) {
    if (!(error instanceof Error)) throw error
    const isThere = 'code' in error && error.code === 'EEXIST'
    throw new Failure(
      'usage',
      `${file} was not written: ${isThere ? 'there is such a file already. Name another: /export FILE' : `${error.message}.`}`,
    )
  }
  return file
}

async function conversationText({ client, path: conversation }: Session, title: string): Promise<string> {
  const messages: MessageList['messages'] = []
  let before: string | null = null
  do {
    const query: string = before === null ? '' : `&before=${before}`
    const page: MessageList = await client.json(
      messageListSchema,
      'GET',
      `${conversation}/messages?limit=100${query}`,
    )
    messages.unshift(...page.messages)
    before = page.nextCursor
  } while (before !== null)
  const parts = messages.map(({ role, text }) => `## ${role === 'user' ? 'You' : 'Stoa'}\n\n${text.trim()}`)
  return `${[`# ${title}`, ...parts].join('\n\n')}\n`
}
