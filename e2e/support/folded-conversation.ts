import { expect } from '@playwright/test'
import type { ApiClient } from './api-client.ts'
import { uniqueWord } from './conversation-page.ts'

/** So long that two of them and their answers fill three quarters of what the scripted model is allowed. */
export const LONG = 'and then we waited for the rain to end. '.repeat(480)

/** A conversation whose first question and answer are summarised. */
export async function foldedConversation(api: ApiClient): Promise<{ conversationId: string; word: string }> {
  const word = uniqueWord()
  const { conversationId } = await api.createConversation(`${word} ${LONG}`)
  const parentId = (await api.conversation(conversationId)).messages.at(-1)?.id ?? null
  await (await api.send(`second ${LONG}`, { conversationId, parentId })).response.text()
  const summary = async () => (await api.conversation(conversationId)).summary?.version ?? null
  await expect.poll(summary, { intervals: [100] }).toBe(1)
  return { conversationId, word }
}
