'use client'

import { Clock } from 'lucide-react'
import { Button } from '#components/ui/button.tsx'
import { classNames } from '#components/ui/class-names.ts'
import { useChatClient } from './chat-context.tsx'
import type { ConversationStore } from './conversation-store.ts'
import { describeWait } from './describe-wait.ts'
import type { Wait } from './resender.ts'
import { SignInLink } from './sign-in-link.tsx'
import { useCell } from './use-cell.ts'
import { useSecondsUntil } from './use-seconds-until.ts'

/** The message that the server does not have yet: as it will stand there and, once that takes a while, why. */
export function UnsentMessage({ store }: { store: ConversationStore }) {
  const unsent = useCell(store.outbox.unsent)
  const wait = useCell(store.delivery.wait)
  if (!unsent) return null
  const hasBegun = wait !== null && !(wait.isSending && wait.refusal === null)
  // Stopping takes a moment: what only waits for that is not worth a word at once.
  const isBrief = hasBegun && wait.refusal === null
  return (
    <article aria-label="You" className="mt-3 flex flex-col items-end">
      <div
        dir="auto"
        className={classNames(
          'reading max-w-[88%] whitespace-pre-wrap rounded-2xl px-4 py-2.5 wrap-anywhere',
          hasBegun && !isBrief ? 'inset-ring inset-ring-line bg-surface text-muted' : 'bg-accent-soft',
        )}
      >
        {unsent.request.message.text}
      </div>
      {hasBegun ? (
        <div className={classNames('mt-2 mb-3 max-w-[88%]', isBrief && 'appear-late')}>
          <WaitNote store={store} wait={wait} />
        </div>
      ) : (
        <div className="h-9" />
      )}
    </article>
  )
}

function WaitNote({ store, wait }: { store: ConversationStore; wait: Wait }) {
  const client = useChatClient()
  const { title, next, action } = describeWait(wait)

  function discard() {
    store.discard()
    client.focusComposer()
  }

  return (
    <>
      <div role="status" className="flex items-start justify-end gap-2 text-sm">
        <Clock aria-hidden size={16} className="mt-0.5 shrink-0 text-muted" />
        <p>
          <span className="font-medium">{title}.</span> <span className="text-muted">{next}</span>
          {wait.until !== null && <SentIn until={wait.until} />}
        </p>
      </div>
      <div className="mt-2 flex flex-wrap justify-end gap-2">
        <Button variant="quiet" size="small" onClick={discard}>
          Discard
        </Button>
        <Button size="small" onClick={() => store.takeBack()}>
          Edit
        </Button>
        {action === 'send' && (
          <Button size="small" isBusy={wait.isSending} onClick={() => store.catchUp()}>
            Send now
          </Button>
        )}
        {action === 'sign-in' && <SignInLink />}
      </div>
    </>
  )
}

/** Counts down to the eye; to a screen reader it is said once. */
function SentIn({ until }: { until: number }) {
  const seconds = useSecondsUntil(until)
  return (
    <span className="text-muted">
      <span aria-hidden className="tabular-nums">
        It is sent in {seconds} s.
      </span>
      <span className="sr-only">It is sent as soon as the minute is over.</span>
    </span>
  )
}
