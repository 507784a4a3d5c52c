'use client'

import { Ellipsis, Pencil } from 'lucide-react'
import { useRef } from 'react'
import { flushSync } from 'react-dom'
import { Button } from '#components/ui/button.tsx'
import { CopyButton } from '#components/ui/copy-button.tsx'
import type { UserMessage } from '#lib/chat/types.ts'
import type { ConversationStore } from './conversation-store.ts'
import { messageActionsClass, messageButtonClass } from './message-actions.ts'
import { MessageMenuButton } from './message-menu-provider.tsx'
import { QuestionEditor } from './question-editor.tsx'
import { useCell, useCellValue } from './use-cell.ts'
import { VersionSwitch } from './version-switch.tsx'

interface QuestionViewProps {
  store: ConversationStore
  message: UserMessage
  isLast: boolean
  onSwitch(messageId: string, from: HTMLElement): void
}

/** What the person wrote, as they wrote it, and what can be done with it. */
export function QuestionView({ store, message, isLast, onSwitch }: QuestionViewProps) {
  const { branches } = store
  const { id, text } = message
  const isEdited = useCellValue(branches.editing, (editing) => editing === id)
  const editButton = useRef<HTMLButtonElement>(null)

  function close(end: () => void) {
    flushSync(end)
    editButton.current?.focus()
  }

  return (
    <article
      id={id}
      aria-label="You"
      tabIndex={-1}
      className="group/message scroll-mt-4 rounded-2xl focus-visible:outline-offset-6 mt-3 flex flex-col items-end compact:mt-1"
    >
      {isEdited ? (
        <QuestionEditor
          store={store}
          message={message}
          onLeave={() => close(() => branches.leaveEditing())}
          onCancel={() => close(() => branches.stopEditing())}
        />
      ) : (
        <>
          <div
            dir="auto"
            className="reading max-w-[88%] whitespace-pre-wrap rounded-2xl bg-accent-soft px-4 py-2.5 wrap-anywhere compact:px-3 compact:py-1.5"
          >
            {text}
          </div>
          <div className="flex h-9 items-center gap-3">
            <div className={messageActionsClass}>
              <CopyButton text={text} label="Copy message" />
              <button
                ref={editButton}
                type="button"
                aria-label="Edit"
                title="Edit"
                className={messageButtonClass}
                onClick={() => branches.startEditing(id)}
              >
                <Pencil aria-hidden size={16} />
              </button>
              <MessageMenuButton kind="options" messageId={id}>
                <Ellipsis aria-hidden size={16} />
              </MessageMenuButton>
            </div>
            <VersionSwitch store={store} message={message} onSwitch={onSwitch} />
          </div>
          {isLast && <Unanswered store={store} id={id} />}
        </>
      )}
    </article>
  )
}

/** Under the last question, when all its answers were deleted. */
function Unanswered({ store, id }: { store: ConversationStore; id: string }) {
  const { phase } = useCell(store.state)
  if (phase !== 'idle') return null
  return (
    <Button size="small" className="my-2 self-start" onClick={() => store.branches.regenerate(id, {})}>
      Get an answer
    </Button>
  )
}
