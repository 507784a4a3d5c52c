import { type DragEvent, useEffect, useState } from 'react'
import { useChatClient } from '#components/chat/chat-context.tsx'
import { droppedConversations, isDraggingConversations } from './drag-conversations.ts'

/**
 * Takes conversations that are dropped.
 *
 * @param folderId into which folder; NULL: out of any
 */
export function useConversationDrop(folderId: string | null) {
  const { actions, list, selection } = useChatClient()
  const [isOver, setOver] = useState(false)

  useEffect(() => {
    if (!isOver) return
    // By Escape a drag ends without leaving.
    const end = () => setOver(false)
    document.addEventListener('dragend', end)
    return () => document.removeEventListener('dragend', end)
  }, [isOver])

  function over(event: DragEvent) {
    if (!isDraggingConversations(event)) return
    event.preventDefault()
    event.dataTransfer.dropEffect = 'move'
    setOver(true)
  }

  function leave({ currentTarget, relatedTarget }: DragEvent) {
    if (!(relatedTarget instanceof Node && currentTarget.contains(relatedTarget))) setOver(false)
  }

  function drop(event: DragEvent) {
    setOver(false)
    if (!isDraggingConversations(event)) return
    event.preventDefault()
    const items = droppedConversations(event).flatMap((id) => list.find(id) ?? [])
    const moved = items.filter((item) => item.folderId !== folderId)
    selection.end()
    void actions.move(moved, folderId)
  }

  return { isOver, handlers: { onDragOver: over, onDragLeave: leave, onDrop: drop } }
}
