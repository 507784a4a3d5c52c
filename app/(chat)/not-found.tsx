import { ConversationMissing } from '#components/chat/conversation-states.tsx'

export default function ConversationNotFound() {
  return <ConversationMissing />
}
