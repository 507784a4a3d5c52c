'use client'

import { ArrowRight, Pencil, RotateCcw } from 'lucide-react'
import type { MouseEvent } from 'react'
import { Button } from '#components/ui/button.tsx'
import { classNames } from '#components/ui/class-names.ts'
import type { AssistantMessage } from '#lib/chat/types.ts'
import { type AnswerAction, type AnswerRemedy, answerRemedy } from './answer-remedy.ts'
import { useChatClient } from './chat-context.tsx'
import type { ConversationStore } from './conversation-store.ts'
import { useCellValue } from './use-cell.ts'
import { useSecondsUntil } from './use-seconds-until.ts'

interface AnswerEndProps {
  store: ConversationStore
  answer: AssistantMessage
  /** Only the last answer of a branch can go on or be asked for again. */
  isLast: boolean
}

const labels: Record<AnswerAction, string> = {
  continue: 'Continue',
  retry: 'Retry',
  edit: 'Edit the question',
  shorten: 'Shorten the question',
}

const icons = { continue: ArrowRight, retry: RotateCcw, edit: Pencil, shorten: Pencil }

/** How an answer ended when it did not end well: what happened, what helps, and the button for it. */
export function AnswerEnd({ store, answer, isLast }: AnswerEndProps) {
  const remedy = answerRemedy(answer.generation, answer.text !== '')
  const seconds = useSecondsUntil(remedy?.waitUntil ?? null)
  if (!remedy) return null
  const { kind, actions } = remedy
  const buttons = isLast && (
    <div className="flex flex-wrap gap-2">
      {actions.map((action) => (
        <ActionButton key={action} store={store} answer={answer} action={action} seconds={seconds} />
      ))}
    </div>
  )
  if (kind === 'note') {
    return (
      <div className="mt-3 flex min-h-8 flex-wrap items-center gap-x-4 gap-y-2 text-muted text-sm">
        {remedy.title}.{buttons}
      </div>
    )
  }
  return (
    <div
      className={classNames(
        'mt-4 flex flex-col items-start gap-3 rounded-xl px-4 py-3 text-sm',
        kind === 'fault' ? 'bg-danger-soft' : 'bg-surface',
      )}
    >
      <Explanation remedy={remedy} seconds={seconds} />
      {buttons}
    </div>
  )
}

function Explanation({ remedy, seconds }: { remedy: AnswerRemedy; seconds: number }) {
  const { kind, title, advice } = remedy
  return (
    <div>
      <p className={classNames('font-medium', kind === 'fault' && 'text-danger')}>{title}</p>
      <p className="mt-0.5">{seconds > 0 ? <AskedToWait seconds={seconds} /> : advice}</p>
    </div>
  )
}

/** Counts down to the eye; to a screen reader it is said once. */
function AskedToWait({ seconds }: { seconds: number }) {
  return (
    <>
      <span aria-hidden className="tabular-nums">
        The provider asks to wait {seconds} s.
      </span>
      <span className="sr-only">The provider asks to wait before it is asked again.</span>
    </>
  )
}

interface ActionButtonProps extends Omit<AnswerEndProps, 'isLast'> {
  action: AnswerAction
  /** How long the provider wants to be left alone. */
  seconds: number
}

function ActionButton({ store, answer, action, seconds }: ActionButtonProps) {
  const isIdle = useCellValue(store.state, ({ phase }) => phase === 'idle')
  const isHeld = seconds > 0 && (action === 'retry' || action === 'continue')
  const Icon = icons[action]
  const client = useChatClient()

  function act({ detail }: MouseEvent) {
    // The button goes away: by keyboard the focus must not go with it. On a touch screen it would open the keyboard.
    if (detail === 0 && (action === 'continue' || action === 'retry')) client.focusComposer()
    if (action === 'continue') store.continueAnswer()
    else if (action === 'retry') store.retry()
    else if (answer.parentId !== null) store.branches.startEditing(answer.parentId)
  }

  return (
    <Button size="small" disabled={isHeld || !isIdle} className="tabular-nums" onClick={act}>
      <Icon aria-hidden size={14} />
      {isHeld ? `Wait ${seconds} s` : labels[action]}
    </Button>
  )
}
