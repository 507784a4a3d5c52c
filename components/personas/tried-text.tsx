'use client'

import { type Cell, createCell } from '#components/chat/cell.ts'
import { useCell } from '#components/chat/use-cell.ts'
import { Markdown } from '#components/markdown/markdown.tsx'
import type { Message } from '#lib/chat/types.ts'

const nothing = createCell<Message | null>(null)

/** The answer as it grows; before its first word, that it is waited for. */
export function TriedText({ answer }: { answer: Cell<Message> | null }) {
  const message = useCell<Message | null>(answer ?? nothing)
  const isGrowing =
    message === null || (message.role === 'assistant' && message.generation.status === 'streaming')
  if (message && message.text !== '') {
    return (
      <div className="reading markdown">
        <Markdown text={message.text} growing={isGrowing} />
      </div>
    )
  }
  if (!isGrowing) return null
  return (
    <div className="reading flex items-center">
      &#8203;
      <span className="size-2.5 animate-pulse rounded-full bg-accent" />
    </div>
  )
}
