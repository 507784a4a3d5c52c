import { ConversationMissing } from '#components/chat/conversation-states.tsx'

export default function ConversationNotFound() {
  return (
    <>
      {/* What generateMetadata found is gone once the page is: without a title of its own this one has none. */}
      <title>No such conversation · Stoa</title>
      <ConversationMissing />
    </>
  )
}
