import { Layers } from 'lucide-react'
import type { ConversationStore } from '#components/chat/conversation-store.ts'
import { messageButtonClass } from '#components/chat/message-actions.ts'
import { useCellValue } from '#components/chat/use-cell.ts'

/** Opens how an answer was made. */
export function MakingButton({ store, messageId }: { store: ConversationStore; messageId: string }) {
  const isOpen = useCellValue(store.making, (making) => making?.messageId === messageId)
  return (
    <button
      type="button"
      aria-label="How this was made"
      title="How this was made"
      aria-haspopup="dialog"
      aria-expanded={isOpen}
      className={messageButtonClass}
      onClick={({ currentTarget }) => store.making.set({ messageId, opener: currentTarget })}
    >
      <Layers aria-hidden size={16} />
    </button>
  )
}
