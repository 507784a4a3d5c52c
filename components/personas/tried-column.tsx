'use client'

import type { ReactNode } from 'react'
import { useChatClient } from '#components/chat/chat-context.tsx'
import { useCell } from '#components/chat/use-cell.ts'
import type { TriedAnswer, TriedQuestion } from './tried-answer.ts'
import { TriedEnd } from './tried-end.tsx'
import { TriedText } from './tried-text.tsx'

interface TriedColumnProps {
  side: TriedAnswer
  /** What chooses who is asked next. */
  choice: ReactNode
}

/** One of the two who are asked: who, what was answered, and what can be done about it. */
export function TriedColumn({ side, choice }: TriedColumnProps) {
  const client = useChatClient()
  const { phase, question, answer, isReconnecting } = useCell(side.state)
  const label = client.personaLabel(question?.persona ?? '')
  return (
    <section className="min-w-0">
      <div className="mb-3 border-line border-b pb-2">{choice}</div>
      {question === null ? (
        <p className="text-muted text-sm">The answer comes here.</p>
      ) : (
        <article aria-label={label} aria-busy={side.isRunning}>
          <AskedLine label={label} question={question} />
          {answer ? <TriedText answer={answer} /> : phase !== 'ended' && <TriedText answer={null} />}
          <p role="status" className="text-muted text-sm empty:hidden">
            {isReconnecting && 'The connection is lost. Looking for the answer…'}
          </p>
          <TriedEnd side={side} />
        </article>
      )}
    </section>
  )
}

/** What the answer below answers: the choice above it and the field may have changed since. */
function AskedLine({ label, question }: { label: string; question: TriedQuestion }) {
  const intensity = question.intensity ? `, ${question.intensity} intensity` : ''
  return (
    <p className="mb-3 truncate text-muted text-sm">
      {label}
      {intensity}, on “{question.text}”
    </p>
  )
}
