'use client'

import { RotateCcw } from 'lucide-react'
import { useRouter } from 'next/navigation'
import { type ReactNode, useState } from 'react'
import { type AnswerRemedy, answerRemedy } from '#components/chat/answer-remedy.ts'
import { useChatClient } from '#components/chat/chat-context.tsx'
import { SignInLink } from '#components/chat/sign-in-link.tsx'
import { useCell } from '#components/chat/use-cell.ts'
import { useSecondsUntil } from '#components/chat/use-seconds-until.ts'
import { Button } from '#components/ui/button.tsx'
import { classNames } from '#components/ui/class-names.ts'
import { CopyButton } from '#components/ui/copy-button.tsx'
import { listItemOf } from '#lib/chat/list-item-of.ts'
import type { AssistantMessage } from '#lib/chat/types.ts'
import { describeDuration } from '#lib/chat/usage-report.ts'
import { tokenCount } from './token-count.ts'
import type { TriedAnswer } from './tried-answer.ts'

/** Under an answer: how it has ended, what can be done with it, and what went wrong. */
export function TriedEnd({ side }: { side: TriedAnswer }) {
  const { answer, fault, waitUntil } = useCell(side.state)
  const message = answer?.get()
  const isEnded = message?.role === 'assistant' && message.generation.status !== 'streaming'
  const ended = isEnded ? message : null
  const remedy = ended && answerRemedy(ended.generation, ended.text !== '')
  return (
    <>
      {remedy && <Ending side={side} remedy={remedy} />}
      {fault && (
        <Notice isFault title={fault.message}>
          {fault.code === 'signed_out' ? (
            <SignInLink />
          ) : (
            !ended && !side.isRunning && <AskAgain side={side} waitUntil={waitUntil} />
          )}
        </Notice>
      )}
      {ended && ended.text !== '' && <KeepRow side={side} answer={ended} />}
    </>
  )
}

function Ending({ side, remedy }: { side: TriedAnswer; remedy: AnswerRemedy }) {
  const { kind, title, advice, waitUntil } = remedy
  // To go on with an answer that broke off, one keeps it first.
  return (
    <Notice isFault={kind === 'fault'} title={`${title}.`} advice={kind === 'fault' ? advice : ''}>
      <AskAgain side={side} waitUntil={waitUntil} />
    </Notice>
  )
}

interface NoticeProps {
  isFault: boolean
  title: string
  advice?: string
  children: ReactNode
}

function Notice({ isFault, title, advice, children }: NoticeProps) {
  return (
    <div
      role={isFault ? 'alert' : undefined}
      className={classNames(
        'mt-4 flex flex-col items-start gap-3 rounded-xl px-4 py-3 text-sm',
        isFault ? 'bg-danger-soft' : 'bg-surface',
      )}
    >
      <div>
        <p className="font-medium">{title}</p>
        {advice && <p className="mt-0.5">{advice}</p>}
      </div>
      {children}
    </div>
  )
}

function AskAgain({ side, waitUntil }: { side: TriedAnswer; waitUntil: number | null }) {
  const seconds = useSecondsUntil(waitUntil)
  return (
    <Button size="small" disabled={seconds > 0} className="tabular-nums" onClick={() => side.askAgain()}>
      <RotateCcw aria-hidden size={14} />
      {seconds > 0 ? `Wait ${seconds} s` : 'Ask again'}
    </Button>
  )
}

function KeepRow({ side, answer }: { side: TriedAnswer; answer: AssistantMessage }) {
  const client = useChatClient()
  const router = useRouter()
  const [isBusy, setBusy] = useState(false)
  const { outputTokens, latencyMs } = answer.generation

  async function keep() {
    setBusy(true)
    const kept = await side.keep()
    setBusy(false)
    if (!kept) return
    client.list.put(listItemOf(kept))
    router.push(`/chat/${kept.id}`)
  }

  return (
    <div className="mt-3 flex flex-wrap items-center gap-x-3 gap-y-2 text-muted text-xs tabular-nums">
      <Button size="small" className="text-foreground" isBusy={isBusy} onClick={() => void keep()}>
        Continue with this one
      </Button>
      <CopyButton text={answer.text} label="Copy answer" />
      {outputTokens !== null && <span>{tokenCount(outputTokens)}</span>}
      {latencyMs !== null && <span>{describeDuration(latencyMs)}</span>}
    </div>
  )
}
