'use client'

import { Command } from 'lucide-react'
import { useChatClient } from '#components/chat/chat-context.tsx'

/** Opens the palette, for who has no keyboard or does not know the key yet. */
export function PaletteButton({ onChosen }: { onChosen: (() => void) | undefined }) {
  const { overlay } = useChatClient()
  return (
    <button
      type="button"
      aria-label="Search and do anything"
      title="Search and do anything"
      aria-haspopup="dialog"
      aria-keyshortcuts="Control+K Meta+K"
      className="flex size-10 shrink-0 items-center justify-center rounded-lg text-muted transition-colors duration-150 hover:bg-hover hover:text-foreground"
      onClick={() => {
        onChosen?.()
        overlay.set('palette')
      }}
    >
      <Command aria-hidden size={18} strokeWidth={1.75} />
    </button>
  )
}
