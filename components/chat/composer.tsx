'use client'

import { ArrowUp, Square } from 'lucide-react'
import {
  type KeyboardEvent,
  type MouseEvent,
  useCallback,
  useEffect,
  useLayoutEffect,
  useRef,
  useState,
} from 'react'
import { Button } from '#components/ui/button.tsx'
import { parseInput } from '#lib/chat/commands.ts'
import { estimateTokens } from '#lib/chat/estimate-tokens.ts'
import { MAX_MESSAGE_LENGTH } from '#lib/chat/limits.ts'
import { createCell } from './cell.ts'
import { useChatClient } from './chat-context.tsx'
import { CommandList } from './command-list.tsx'
import { ComposerNote } from './composer-note.tsx'
import { ContextGaugeRing } from './context-gauge-ring.tsx'
import { isRunning } from './conversation-state.ts'
import type { ConversationStore } from './conversation-store.ts'
import { fitHeight } from './fit-height.ts'
import { isSendKey } from './is-send-key.ts'
import { useCell } from './use-cell.ts'
import { useCommandList } from './use-command-list.ts'
import { useRunCommand } from './use-run-command.ts'
import { walkMessages } from './walk-messages.ts'

/** How long typing rests before the draft is kept, in ms. */
const DRAFT_REST_MS = 300

/**
 * Where a message is written. The text lives in the field itself: typing draws nothing but the field again, and text
 * that was typed before this ran is not lost.
 */
export function Composer({ store }: { store: ConversationStore }) {
  const client = useChatClient()
  const field = useRef<HTMLTextAreaElement>(null)
  const [length, setLength] = useState(0)
  /** Why a command was not done. */
  const [fault, setFault] = useState<string | null>(null)
  const lastFill = useRef(store.outbox.filled.get())
  const [typedTokens] = useState(() => createCell(0))
  const draftTimer = useRef<ReturnType<typeof setTimeout>>(undefined)
  const { phase } = useCell(store.state)
  const filled = useCell(store.outbox.filled)
  const canStop = phase === 'sending' || isRunning(phase)
  const isTooLong = length > MAX_MESSAGE_LENGTH

  const keepDraft = useCallback(() => {
    clearTimeout(draftTimer.current)
    draftTimer.current = undefined
    if (!field.current) return
    store.outbox.type(field.current.value)
    typedTokens.set(tokensToSend(field.current.value))
  }, [store, typedTokens])

  const setText = useCallback(
    (text: string) => {
      if (!field.current) return
      field.current.value = text
      setLength(text.trim().length)
      typedTokens.set(tokensToSend(text))
      fitHeight(field.current)
    },
    [typedTokens],
  )

  useLayoutEffect(() => {
    const typedBefore = field.current?.value
    setText(typedBefore || store.outbox.draft())
  }, [store, setText])

  useEffect(() => {
    // What was filled in while this was not shown is in the draft.
    if (filled.revision === lastFill.current.revision || !field.current) return
    const typed = field.current.value
    // What the person has typed meanwhile is kept; another starter takes the place of the one before.
    if (typed === '' || typed === lastFill.current.text) setText(filled.text)
    else if (filled.text !== '') setText(`${filled.text}\n\n${typed}`)
    lastFill.current = filled
    if (filled.text !== '') field.current.focus()
  }, [filled, setText])

  useEffect(() => {
    if (store.state.get().load === 'new') field.current?.focus({ preventScroll: true })
  }, [store])

  // Of the layout, since it ends before the field is taken out of the page: the browser's Back takes it out in mid-word.
  useLayoutEffect(() => {
    const flush = () => {
      if (draftTimer.current !== undefined) keepDraft()
    }
    window.addEventListener('pagehide', flush)
    return () => {
      window.removeEventListener('pagehide', flush)
      flush()
    }
  }, [keepDraft])

  const runCommand = useRunCommand(store)
  const list = useCommandList(field, {
    complete(text) {
      setText(text)
      onInput()
    },
    run: (text) => void command(text),
  })

  function onInput() {
    if (!field.current) return
    setFault(null)
    list.read()
    setLength(field.current.value.trim().length)
    fitHeight(field.current)
    clearTimeout(draftTimer.current)
    draftTimer.current = setTimeout(keepDraft, DRAFT_REST_MS)
  }

  function send() {
    const text = field.current?.value.trim() ?? ''
    field.current?.focus()
    if (text === '' || text.length > MAX_MESSAGE_LENGTH) return
    const input = parseInput(text)
    if (input.kind !== 'message') return void command(text)
    clearTimeout(draftTimer.current)
    draftTimer.current = undefined
    if (store.send(input.text)) setText('')
  }

  /** Does what a text says that is no message; one that could not be done is the person's again, unless they have written on. */
  async function command(text: string) {
    list.close()
    setText('')
    keepDraft()
    const why = await runCommand(text)
    if (why === undefined) return
    setFault(why)
    if (field.current?.value !== '') return
    setText(text)
    keepDraft()
  }

  function stop(event: MouseEvent) {
    // The second click of a double click on Send, whose place this button has taken.
    if (event.detail > 1) return
    store.stop()
    field.current?.focus()
  }

  function onKeyDown(event: KeyboardEvent) {
    if (list.onKeyDown(event)) return
    if (isWalkKey(event)) walkMessages(-1)
    else if (isSendKey(event, client.preferences.enterSends)) send()
    else return
    event.preventDefault()
  }

  return (
    <div className="relative rounded-2xl border border-edge bg-raised transition-colors duration-150 focus-within:border-muted">
      {list.suggestions.length > 0 && (
        <CommandList suggestions={list.suggestions} index={list.index} onChoose={list.choose} />
      )}
      <div className="flex items-end gap-2 p-2">
        <textarea
          {...list.fieldProps}
          ref={field}
          id="composer"
          aria-label="Message"
          aria-describedby="composer-note"
          aria-invalid={isTooLong || undefined}
          placeholder="Write a message"
          rows={1}
          dir="auto"
          enterKeyHint={client.preferences.enterSends ? 'send' : 'enter'}
          autoComplete="off"
          className="field-sizing-content max-h-[40dvh] min-h-9 min-w-0 flex-1 resize-none overflow-y-auto bg-transparent px-2 py-1.5 leading-6 outline-hidden"
          onInput={onInput}
          onKeyDown={onKeyDown}
          onFocus={list.read}
          onBlur={() => {
            list.close()
            keepDraft()
          }}
        />
        <ContextGaugeRing store={store} typed={typedTokens} />
        {canStop ? (
          <Button size="icon" aria-label="Stop" aria-disabled={phase === 'stopping'} onClick={stop}>
            <Square aria-hidden size={14} fill="currentColor" strokeWidth={0} />
          </Button>
        ) : (
          <Button
            variant="primary"
            size="icon"
            aria-label="Send"
            disabled={length === 0 || isTooLong || phase === 'waiting'}
            onClick={send}
          >
            <ArrowUp aria-hidden size={18} />
          </Button>
        )}
      </div>
      <ComposerNote fault={fault} isWaiting={phase === 'waiting'} length={length} />
    </div>
  )
}

/** In an empty field there is no line above to go to: the key goes on to the messages. */
function isWalkKey({ key, altKey, ctrlKey, metaKey, shiftKey, currentTarget }: KeyboardEvent): boolean {
  const isAlone = !altKey && !ctrlKey && !metaKey && !shiftKey
  return key === 'ArrowUp' && isAlone && (currentTarget as HTMLTextAreaElement).value === ''
}

/** About how many tokens of what is typed would be sent. */
function tokensToSend(typed: string): number {
  const input = parseInput(typed)
  return input.kind === 'message' ? estimateTokens(input.text) : 0
}
