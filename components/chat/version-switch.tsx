'use client'

import { ChevronLeft, ChevronRight } from 'lucide-react'
import type { ReactNode } from 'react'
import type { Message } from '#lib/chat/types.ts'
import type { ConversationStore } from './conversation-store.ts'
import { useCellValue } from './use-cell.ts'

interface VersionSwitchProps {
  store: ConversationStore
  message: Message
  /** Shows the branch of another version, with the switch kept where it is. */
  onSwitch(messageId: string, from: HTMLElement): void
}

/** Walks the versions of a message; nothing where there is only one. */
export function VersionSwitch({ store, message, onSwitch }: VersionSwitchProps) {
  const isIdle = useCellValue(store.state, ({ phase }) => phase === 'idle')
  const { id, siblingIds } = message
  if (siblingIds.length < 2) return null
  const position = siblingIds.indexOf(id)
  const previous = isIdle ? siblingIds[position - 1] : undefined
  const next = isIdle ? siblingIds[position + 1] : undefined
  return (
    // biome-ignore lint/a11y/useSemanticElements: a fieldset is for fields.
    <div role="group" aria-label="Versions" className="-mx-1 flex shrink-0 items-center text-muted text-xs">
      <Step label="Previous version" target={previous} onSwitch={onSwitch}>
        <ChevronLeft aria-hidden size={16} />
      </Step>
      <span className="min-w-7 text-center tabular-nums">
        {position + 1}/{siblingIds.length}
      </span>
      <Step label="Next version" target={next} onSwitch={onSwitch}>
        <ChevronRight aria-hidden size={16} />
      </Step>
    </div>
  )
}

interface StepProps {
  label: string
  target: string | undefined
  onSwitch(messageId: string, from: HTMLElement): void
  children: ReactNode
}

/** It stays focusable at the ends, so that the focus is not lost on the way there. */
function Step({ label, target, onSwitch, children }: StepProps) {
  return (
    <button
      type="button"
      aria-label={label}
      aria-disabled={target === undefined}
      className="flex size-8 items-center justify-center rounded-md transition-colors duration-150 hover:bg-hover hover:text-foreground aria-disabled:pointer-events-none aria-disabled:opacity-35"
      onClick={({ currentTarget }) => target !== undefined && onSwitch(target, currentTarget)}
    >
      {children}
    </button>
  )
}
