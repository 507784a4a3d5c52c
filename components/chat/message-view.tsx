'use client'

import { Ellipsis, RefreshCw } from 'lucide-react'
import { memo } from 'react'
import { MakingButton } from '#components/making/making-button.tsx'
import { Markdown } from '#components/markdown/markdown.tsx'
import { importedFrom, writerLabel } from '#lib/chat/import-sources.ts'
import type { AssistantMessage } from '#lib/chat/types.ts'
import { AnswerDetails } from './answer-details.tsx'
import { AnswerEnd } from './answer-end.tsx'
import { AnswerOrigin } from './answer-origin.tsx'
import { useChatClient } from './chat-context.tsx'
import type { ConversationStore } from './conversation-store.ts'
import { MessageMenuButton } from './message-menu-provider.tsx'
import { QuestionView } from './question-view.tsx'
import { useCell } from './use-cell.ts'
import { VersionSwitch } from './version-switch.tsx'

interface MessageViewProps {
  store: ConversationStore
  id: string
  isLast: boolean
  /** Shows another version, with the button that asked for it kept in its place. */
  onSwitch(messageId: string, from: HTMLElement): void
}

/** One message; drawn again when it changes, and only it. */
export const MessageView = memo(function MessageView({ store, id, isLast, onSwitch }: MessageViewProps) {
  const message = useCell(store.transcript.cellOf(id))
  return message.role === 'user' ? (
    <QuestionView store={store} message={message} isLast={isLast} onSwitch={onSwitch} />
  ) : (
    <Answer store={store} message={message} isLast={isLast} onSwitch={onSwitch} />
  )
})

interface AnswerProps extends Omit<MessageViewProps, 'id'> {
  message: AssistantMessage
}

function Answer({ store, message, isLast, onSwitch }: AnswerProps) {
  const client = useChatClient()
  const { id, text, generation } = message
  const writer = writerLabel(generation, (persona) => client.personaLabel(persona))
  const isGrowing = generation.status === 'streaming'
  return (
    <article
      id={id}
      aria-label={writer}
      aria-busy={isGrowing}
      tabIndex={-1}
      className="group/message mb-3 scroll-mt-4 compact:mb-1 rounded-2xl focus-visible:outline-offset-6"
    >
      {text === '' && isGrowing && <WaitingMark />}
      {text !== '' && (
        <div className="reading markdown">
          <Markdown text={text} growing={isGrowing} />
        </div>
      )}
      <AnswerEnd store={store} answer={message} isLast={isLast} />
      <AnswerOrigin text={text} generation={generation} />
      <div className="flex items-center gap-3">
        <VersionSwitch store={store} message={message} onSwitch={onSwitch} />
        <AnswerDetails
          text={text}
          generation={generation}
          persona={message.siblingIds.length > 1 && !importedFrom(generation.provider) ? writer : null}
        >
          <MessageMenuButton kind="regenerate" messageId={id}>
            <RefreshCw aria-hidden size={16} />
          </MessageMenuButton>
          <MakingButton store={store} messageId={id} />
          <MessageMenuButton kind="options" messageId={id}>
            <Ellipsis aria-hidden size={16} />
          </MessageMenuButton>
        </AnswerDetails>
      </div>
    </article>
  )
}

/** Stands where the answer will begin, until it does. */
export function Waiting() {
  return (
    <div className="mb-3">
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
