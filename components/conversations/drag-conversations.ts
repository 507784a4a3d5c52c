import type { DragEvent } from 'react'

/** What conversations are dragged as: nothing outside the list knows what to do with it. */
const DRAGGED = 'application/x-stoa-conversations'

export function dragConversations({ dataTransfer }: DragEvent, ids: readonly string[]): void {
  dataTransfer.effectAllowed = 'move'
  dataTransfer.setData(DRAGGED, JSON.stringify(ids))
}

/** Whether it is conversations that are dragged; which ones is told when they are dropped. */
export function isDraggingConversations({ dataTransfer }: DragEvent): boolean {
  return dataTransfer.types.includes(DRAGGED)
}

export function droppedConversations({ dataTransfer }: DragEvent): string[] {
  return JSON.parse(dataTransfer.getData(DRAGGED) || '[]') as string[]
}
