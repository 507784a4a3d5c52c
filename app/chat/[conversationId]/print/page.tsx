import type { Metadata } from 'next'
import { notFound } from 'next/navigation'
import { cache } from 'react'
import { PrintedConversation } from '#components/print/printed-conversation.tsx'
import { requirePageUser } from '#lib/auth/session.ts'
import { idFrom } from '#lib/chat/id-from.ts'
import { writerLabel } from '#lib/chat/import-sources.ts'
import { readConversation } from '#lib/db/conversations.ts'
import { promptLibrary } from '#lib/prompts/library.ts'

type Props = PageProps<'/chat/[conversationId]/print'>

const find = cache(async (given: string) => {
  const { id: userId } = await requirePageUser(`/chat/${given}/print`)
  const conversationId = idFrom(given)
  return conversationId === null ? null : readConversation(userId, conversationId)
})

/** The title is what a browser calls the file. */
export async function generateMetadata({ params }: Props): Promise<Metadata> {
  const found = await find((await params).conversationId)
  return found ? { title: { absolute: found.conversation.title } } : {}
}

/** The whole branch of a conversation that is shown, as it is printed or saved as PDF. */
export default async function PrintPage({ params }: Props) {
  const found = await find((await params).conversationId)
  if (!found) notFound()
  const { personas } = promptLibrary()
  const labelOf = (id: string) => personas.find((persona) => persona.id === id)?.label ?? id
  const messages = found.messages.map((message) => ({
    ...{ id: message.id, text: message.text, isCleared: message.isCleared },
    writer: message.role === 'user' ? null : writerLabel(message.generation, labelOf),
  }))
  return <PrintedConversation conversation={found.conversation} messages={messages} />
}
