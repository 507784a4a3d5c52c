'use client'

import { Button } from '#components/ui/button.tsx'
import { DismissButton } from '#components/ui/dismiss-button.tsx'
import { focusLandmark } from '#components/ui/focus-landmark.ts'
import type { BranchNotice } from './branch-actions.ts'
import type { ConversationStore } from './conversation-store.ts'
import { messageCount } from './message-count.ts'
import { useCell } from './use-cell.ts'

export const UNDO_BUTTON_ID = 'undo-deletion'

/** Above the composer: what was deleted, while it can be brought back; that the address names nothing; what was not done. */
export function BranchNoticeBar({ store }: { store: ConversationStore }) {
  const notice = useCell(store.branches.notice)

  async function undo() {
    const messageId = await store.branches.undo()
    if (messageId !== null) store.branches.reveal(messageId)
  }

  function dismiss() {
    store.branches.notice.set(null)
    focusLandmark()
  }

  return (
    <div role="status" className="shrink-0 px-3 md:px-6">
      {notice && (
        <div className="mx-auto mb-2 flex w-full max-w-(--column) items-center gap-1 rounded-xl bg-surface py-1 pr-1 pl-4 text-sm">
          <p className="min-w-0 flex-1 py-1.5">{wordsOf(notice)}</p>
          {notice.kind === 'deleted' && (
            <Button id={UNDO_BUTTON_ID} variant="quiet" size="small" onClick={() => void undo()}>
              Undo
            </Button>
          )}
          <DismissButton onClick={dismiss} />
        </div>
      )}
    </div>
  )
}

function wordsOf(notice: BranchNotice): string {
  if (notice.kind === 'gone') return 'The message that this address names is gone.'
  return notice.kind === 'kept' ? notice.why : `${messageCount(notice.count)} deleted.`
}
