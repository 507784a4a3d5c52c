'use client'

import type { ConversationStore } from '#components/chat/conversation-store.ts'
import { useCellValue } from '#components/chat/use-cell.ts'
import { Button } from '#components/ui/button.tsx'

/** After the last message that the summary stands for: what is above is not sent any more, but its summary is. */
export function SummaryLine({ store, id }: { store: ConversationStore; id: string }) {
  const isHere = useCellValue(store.state, ({ summary }) => summary?.throughMessageId === id)
  if (!isHere) return null
  return (
    <div className="my-4 flex min-h-8 items-center gap-4 text-muted text-sm before:h-px before:flex-1 before:bg-line after:h-px after:flex-1 after:bg-line">
      <Button
        variant="quiet"
        size="small"
        className="-mx-2 text-muted"
        aria-haspopup="dialog"
        onClick={() => store.dialog.set('summary')}
      >
        Earlier messages are summarised
      </Button>
    </div>
  )
}
