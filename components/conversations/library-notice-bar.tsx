'use client'

import { useEffect, useRef } from 'react'
import { useChatClient } from '#components/chat/chat-context.tsx'
import { useCell } from '#components/chat/use-cell.ts'
import { Button } from '#components/ui/button.tsx'
import { classNames } from '#components/ui/class-names.ts'
import { DismissButton } from '#components/ui/dismiss-button.tsx'
import type { LibraryNotice } from './conversation-actions.ts'
import { focusRow } from './walk-list.ts'

/** How long it is said what was done, in ms, unless somebody is at it. The trash and the archive keep the way back. */
const SHOWN_MS = 12_000

/** What was done with conversations, while it can be taken back from here; what could not be done, until it is dismissed. */
export function LibraryNoticeBar({ className }: { className?: string }) {
  const { actions } = useChatClient()
  const notice = useCell(actions.notice)
  const bar = useRef<HTMLElement>(null)
  const isHeld = useCell(actions.heldNotice) === notice
  const setHeld = (held: LibraryNotice | null) => actions.heldNotice.set(held)

  useEffect(() => {
    if (!notice || notice.isFailure || isHeld) return
    const timer = setTimeout(() => actions.notice.set(null), SHOWN_MS)
    return () => clearTimeout(timer)
  }, [actions, notice, isHeld])

  if (!notice) return null

  /** What was pressed is gone with the bar. */
  function leave() {
    focusRow(bar.current, undefined)
    actions.dismiss()
  }

  const { text, action, isFailure } = notice
  return (
    <section
      ref={bar}
      aria-label="What was done"
      onPointerMove={() => setHeld(notice)}
      onPointerLeave={() => setHeld(null)}
      onFocus={() => setHeld(notice)}
      onBlur={() => setHeld(null)}
      className={classNames(
        'flex items-center gap-1 rounded-xl border border-line bg-raised py-1.5 pr-1 pl-3 text-sm',
        className,
      )}
    >
      <p className={classNames('line-clamp-3 min-w-0 flex-1 wrap-anywhere', isFailure && 'text-danger')}>
        {text}
      </p>
      {action && (
        <Button
          variant="quiet"
          size="small"
          className="shrink-0 px-2.5 text-accent!"
          onClick={() => {
            leave()
            action.run()
          }}
        >
          {action.label}
        </Button>
      )}
      <DismissButton onClick={leave} />
    </section>
  )
}
