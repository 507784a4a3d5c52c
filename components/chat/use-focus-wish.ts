import { useEffect } from 'react'
import { useChatClient } from './chat-context.tsx'
import type { ConversationStore } from './conversation-store.ts'
import { useCell } from './use-cell.ts'

export const TITLE_ID = 'conversation-title'
const COMPOSER_ID = 'composer'

/** What a conversation is wished to put the focus on. */
export interface FocusWish {
  /** NULL: the one that is shown. Another one may be shown for a moment still, and must not take the wish. */
  conversationId: string | null
  on: 'composer' | 'title'
}

/** Puts the focus where it is wished in a conversation; in one that is not there yet, as soon as it is. */
export function useFocusWish(store: ConversationStore): void {
  const { focusWish } = useChatClient()
  const wish = useCell(focusWish)

  useEffect(() => {
    if (!wish || (wish.conversationId !== null && wish.conversationId !== store.id)) return
    focusWish.set(null)
    const title = wish.on === 'title' ? document.getElementById(TITLE_ID) : null
    const wished = title ?? document.getElementById(COMPOSER_ID)
    wished?.focus({ preventScroll: true })
  }, [wish, focusWish, store])
}

/** Where one comes to in another conversation: with a finger the composer would throw the keyboard over what is read. */
export function focusOnArrival(conversationId: string): FocusWish {
  return { conversationId, on: window.matchMedia('(pointer: coarse)').matches ? 'title' : 'composer' }
}
