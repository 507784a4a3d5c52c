'use client'

import { Square } from 'lucide-react'
import { type KeyboardEvent, useEffect, useRef, useState } from 'react'
import { useChatClient } from '#components/chat/chat-context.tsx'
import { fitHeight } from '#components/chat/fit-height.ts'
import { isSendKey } from '#components/chat/is-send-key.ts'
import { LengthNote } from '#components/chat/length-note.tsx'
import { ModelSelect } from '#components/chat/model-select.tsx'
import { Button } from '#components/ui/button.tsx'
import { MAX_MESSAGE_LENGTH } from '#lib/chat/limits.ts'

/** Where the question is kept that is being written. */
const DRAFT = 'try-personas'

interface TryFormProps {
  isRunning: boolean
  onAsk(text: string, model: string | null): void
  onStop(): void
}

/** The question to both, and by which model; it stays there to be asked again. */
export function TryForm({ isRunning, onAsk, onStop }: TryFormProps) {
  const client = useChatClient()
  const { preferences } = client
  const { drafts } = client.conversations
  const field = useRef<HTMLTextAreaElement>(null)
  const [text, setText] = useState('')
  const [model, setModel] = useState(client.conversations.preferredModel)
  const length = text.trim().length
  const canAsk = !isRunning && length > 0 && length <= MAX_MESSAGE_LENGTH

  useEffect(() => {
    // What was typed before this ran comes first.
    const kept = field.current?.value || drafts.load(DRAFT)?.text
    if (kept) setText(kept)
    field.current?.focus({ preventScroll: true })
  }, [drafts])

  function type(typed: string) {
    setText(typed)
    if (typed === '') drafts.clear(DRAFT)
    else drafts.save(DRAFT, { text: typed })
    if (field.current) fitHeight(field.current)
  }

  function ask() {
    if (canAsk) onAsk(text.trim(), model)
  }

  function onKeyDown(event: KeyboardEvent) {
    if (!isSendKey(event, preferences.enterSends)) return
    event.preventDefault()
    ask()
  }

  return (
    <div className="rounded-2xl border border-edge bg-raised transition-colors duration-150 focus-within:border-muted">
      <textarea
        ref={field}
        aria-label="Question"
        aria-describedby="try-note"
        aria-invalid={length > MAX_MESSAGE_LENGTH || undefined}
        placeholder="Ask both the same question"
        rows={2}
        dir="auto"
        autoComplete="off"
        value={text}
        className="field-sizing-content block max-h-[40dvh] min-h-18 w-full resize-none overflow-y-auto bg-transparent px-4 pt-3 leading-6 outline-hidden"
        onChange={(event) => type(event.target.value)}
        onKeyDown={onKeyDown}
      />
      <div className="flex min-h-13 items-center justify-end gap-2 p-2">
        {client.models.length > 1 && <ModelSelect offer={client} value={model} onChange={setModel} />}
        {isRunning ? (
          <Button onClick={onStop}>
            <Square aria-hidden size={12} fill="currentColor" strokeWidth={0} />
            Stop both
          </Button>
        ) : (
          <Button variant="primary" disabled={!canAsk} onClick={ask}>
            Ask both
          </Button>
        )}
      </div>
      <LengthNote id="try-note" length={length} />
    </div>
  )
}
