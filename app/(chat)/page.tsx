import { ChatScreen } from '#components/chat/chat-screen.tsx'
import { requirePageUser } from '#lib/auth/session.ts'

export default async function NewConversationPage() {
  await requirePageUser()
  return <ChatScreen stored={null} />
}
