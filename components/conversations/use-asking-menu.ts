import { useRef } from 'react'
import { useChatClient } from '#components/chat/chat-context.tsx'
import type { LibraryDialog } from './library-dialog.ts'

/**
 * Lets a menu ask something above the page: only once it is closed and has given the focus back, or it would take it from
 * what is asked; and what is asked gives it back to where the menu was.
 */
export function useAskingMenu() {
  const { libraryDialog } = useChatClient()
  const asked = useRef<LibraryDialog | null>(null)

  function onOpenChangeComplete(isOpen: boolean) {
    const dialog = asked.current
    if (isOpen || !dialog) return
    asked.current = null
    requestAnimationFrame(() => libraryDialog.set(dialog))
  }

  return {
    ask(dialog: LibraryDialog) {
      asked.current = dialog
    },
    onOpenChangeComplete,
  }
}
