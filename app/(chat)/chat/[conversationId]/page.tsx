import type { Metadata } from 'next'
import { notFound } from 'next/navigation'
import { cache } from 'react'
import { z } from 'zod'
import { ChatScreen } from '#components/chat/chat-screen.tsx'
import { requirePageUser } from '#lib/auth/session.ts'
import { readConversation } from '#lib/db/conversations.ts'

type Props = PageProps<'/chat/[conversationId]'>

export async function generateMetadata({ params }: Props): Promise<Metadata> {
  const found = await find((await params).conversationId)
  return { title: found?.conversation.title }
}

export default async function ConversationPage({ params }: Props) {
  const found = await find((await params).conversationId)
  // Another person's conversation answers exactly like a missing one.
  if (!found) notFound()
  return <ChatScreen stored={found} />
}

const find = cache(async (conversationId: string) => {
  const { id: userId } = await requirePageUser(`/chat/${conversationId}`)
  if (!z.uuid().safeParse(conversationId).success) return null
  const found = await readConversation(userId, conversationId, { from: null })
  // What was only tried has no page: whoever wants to go on with it keeps it first.
  return found?.conversation.isTemporary ? null : found
})
