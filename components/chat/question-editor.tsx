'use client'

import { type KeyboardEvent, useLayoutEffect, useRef, useState } from 'react'
import { Button } from '#components/ui/button.tsx'
import { MAX_MESSAGE_LENGTH } from '#lib/chat/limits.ts'
import type { UserMessage } from '#lib/chat/types.ts'
import { useChatClient } from './chat-context.tsx'
import type { ConversationStore } from './conversation-store.ts'
import { fitHeight } from './fit-height.ts'
import { isSendKey } from './is-send-key.ts'
import { LengthNote } from './length-note.tsx'
import { useCellValue } from './use-cell.ts'

interface QuestionEditorProps {
  store: ConversationStore
  message: UserMessage
  onLeave(): void
  onCancel(): void
}

/** Where a question is written anew. What is typed is kept, also when it is left by Escape, until it is sent or cancelled. */
export function QuestionEditor({ store, message, onLeave, onCancel }: QuestionEditorProps) {
  const client = useChatClient()
  const { branches } = store
  const field = useRef<HTMLTextAreaElement>(null)
  const [initial] = useState(() => branches.editedText(message.id) ?? message.text)
  const [length, setLength] = useState(initial.trim().length)
  const isIdle = useCellValue(store.state, ({ phase }) => phase === 'idle')
  const isTooLong = length > MAX_MESSAGE_LENGTH
  const noteId = `${message.id}-note`

  useLayoutEffect(() => {
    const element = field.current
    if (!element) return
    fitHeight(element)
    element.focus()
    element.setSelectionRange(element.value.length, element.value.length)
  }, [])

  function onInput() {
    if (!field.current) return
    const { value } = field.current
    setLength(value.trim().length)
    fitHeight(field.current)
    branches.keepEditedText(message.id, value)
  }

  function send() {
    const text = field.current?.value.trim() ?? ''
    if (text === '' || text.length > MAX_MESSAGE_LENGTH || !isIdle) return
    if (text === message.text) {
      onCancel()
      return
    }
    client.focusComposer()
    branches.sendEdited(text)
  }

  function onKeyDown(event: KeyboardEvent) {
    if (event.key === 'Escape' && !event.nativeEvent.isComposing) {
      event.preventDefault()
      onLeave()
    } else if (isSendKey(event, client.preferences.enterSends)) {
      event.preventDefault()
      send()
    }
  }

  return (
    <div className="mb-3 w-full rounded-2xl border border-edge bg-raised transition-colors duration-150 focus-within:border-muted">
      <textarea
        ref={field}
        aria-label="Edit message"
        aria-describedby={noteId}
        aria-invalid={isTooLong || undefined}
        defaultValue={initial}
        rows={1}
        dir="auto"
        enterKeyHint={client.preferences.enterSends ? 'send' : 'enter'}
        autoComplete="off"
        className="reading field-sizing-content block max-h-[40dvh] min-h-11 w-full resize-none overflow-y-auto bg-transparent px-4 pt-2.5 pb-1 outline-hidden"
        onInput={onInput}
        onKeyDown={onKeyDown}
      />
      {initial !== message.text && (
        <p className="px-4 pb-2.5 text-muted text-sm">Typed before and not sent. Cancel drops it.</p>
      )}
      <LengthNote id={noteId} length={length} />
      <div className="flex flex-wrap justify-end gap-2 px-2 pb-2">
        <Button variant="quiet" size="small" onClick={onCancel}>
          Cancel
        </Button>
        <Button variant="primary" size="small" disabled={length === 0 || isTooLong || !isIdle} onClick={send}>
          Send
        </Button>
      </div>
    </div>
  )
}
