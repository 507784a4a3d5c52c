'use client'

import { memo } from 'react'
import { Markdown } from '#components/markdown/markdown.tsx'
import type { AssistantMessage, UserMessage } from '#lib/chat/types.ts'
import { AnswerDetails } from './answer-details.tsx'
import { AnswerEnd } from './answer-end.tsx'
import { useChatClient } from './chat-context.tsx'
import type { ConversationStore } from './conversation-store.ts'
import { useCell } from './use-cell.ts'

interface MessageViewProps {
  store: ConversationStore
  id: string
  isLast: boolean
}

/** One message; drawn again when it changes, and only it. */
export const MessageView = memo(function MessageView({ store, id, isLast }: MessageViewProps) {
  const message = useCell(store.transcript.cellOf(id))
  return message.role === 'user' ? (
    <Question message={message} />
  ) : (
    <Answer message={message} onRetry={isLast ? () => store.retry() : undefined} />
  )
})

/** What the person wrote, as they wrote it. */
function Question({ message }: { message: UserMessage }) {
  return (
    <article
      aria-label="You"
      dir="auto"
      className="reading my-3 max-w-[88%] self-end whitespace-pre-wrap rounded-2xl bg-accent-soft px-4 py-2.5 wrap-anywhere"
    >
      {message.text}
    </article>
  )
}

function Answer({ message, onRetry }: { message: AssistantMessage; onRetry: (() => void) | undefined }) {
  const client = useChatClient()
  const { text, generation } = message
  const isGrowing = generation.status === 'streaming'
  return (
    <article
      aria-label={client.personaLabel(generation.persona)}
      aria-busy={isGrowing}
      className="group/answer my-3"
    >
      {text === '' && isGrowing && <WaitingMark />}
      {text !== '' && (
        <div className="reading markdown">
          <Markdown text={text} growing={isGrowing} />
        </div>
      )}
      <AnswerEnd generation={generation} onRetry={onRetry} />
      <AnswerDetails text={text} generation={generation} />
    </article>
  )
}

/** Stands where the answer will begin, until it does. */
export function Waiting() {
  return (
    <div className="my-3">
      <WaitingMark />
      <div className="h-9" />
    </div>
  )
}

function WaitingMark() {
  return (
    <div className="reading flex items-center">
      &#8203;
      <span className="size-2.5 animate-pulse rounded-full bg-accent" />
    </div>
  )
}
