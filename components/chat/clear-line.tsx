'use client'

import { Button } from '#components/ui/button.tsx'
import { useChatClient } from './chat-context.tsx'
import { unclearContext } from './clear-context.ts'
import { isAtRest } from './conversation-state.ts'
import type { ConversationStore } from './conversation-store.ts'
import { useCellValue } from './use-cell.ts'

/** After a message, where the context starts afresh: what stands above is not sent any more. */
export function ClearLine({ store, id }: { store: ConversationStore; id: string }) {
  const isCleared = useCellValue(store.transcript.cellOf(id), (message) => message.isCleared)
  return isCleared ? <Line store={store} id={id} /> : null
}

function Line({ store, id }: { store: ConversationStore; id: string }) {
  const client = useChatClient()
  const canUndo = useCellValue(store.state, isAtRest)

  async function undo() {
    // The button goes with the line.
    client.focusComposer()
    await unclearContext(client, store, id)
  }

  return (
    <div className="my-4 flex min-h-8 items-center gap-4 text-muted text-sm before:h-px before:flex-1 before:bg-line after:h-px after:flex-1 after:bg-line">
      <p>The context starts afresh here</p>
      {canUndo && (
        <Button variant="quiet" size="small" className="-mx-2" onClick={() => void undo()}>
          Undo
        </Button>
      )}
    </div>
  )
}
