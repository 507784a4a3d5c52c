'use client'

import { PageFailed } from '#components/chat/conversation-states.tsx'

export default function ChatError({
  error,
  reset,
}: {
  error: Error & { digest?: string }
  reset: () => void
}) {
  return <PageFailed errorId={error.digest} onRetry={reset} />
}
