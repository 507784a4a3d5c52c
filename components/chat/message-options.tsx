'use client'

import { Menu } from '@base-ui/react/menu'
import { Check, Link, Trash2 } from 'lucide-react'
import { useEffect, useState } from 'react'
import { copyText } from '#components/ui/copy-text.ts'
import { menuItemClass } from '#components/ui/popup.ts'
import { useChatClient } from './chat-context.tsx'

/** How long the menu stays open to say whether the link was copied, in ms. */
const SAID_FOR = 1200

interface MessageOptionsProps {
  conversationId: string
  messageId: string
  /** Nothing is left to be said. */
  onDone(): void
  onDelete(): void
}

/** What can be done with any message, in its menu. */
export function MessageOptions({ conversationId, messageId, onDone, onDelete }: MessageOptionsProps) {
  return (
    <>
      <CopyLink path={`/chat/${conversationId}#${messageId}`} onDone={onDone} />
      <Menu.Item className={`${menuItemClass} text-danger`} onClick={onDelete}>
        <Trash2 aria-hidden size={16} />
        Delete
      </Menu.Item>
    </>
  )
}

/** Copies a link and says so where it was asked for, before the menu closes. */
function CopyLink({ path, onDone }: { path: string; onDone: () => void }) {
  const { announcement } = useChatClient()
  const [isCopied, setCopied] = useState<boolean | null>(null)

  useEffect(() => {
    if (isCopied === null) return
    const timer = setTimeout(onDone, SAID_FOR)
    return () => clearTimeout(timer)
  }, [isCopied, onDone])

  async function copy() {
    const hasWorked = await copyText(`${window.location.origin}${path}`)
    announcement.set(hasWorked ? 'Link copied.' : 'Copying is not allowed here.')
    setCopied(hasWorked)
  }

  const Icon = isCopied ? Check : Link
  return (
    <Menu.Item closeOnClick={false} className={menuItemClass} onClick={() => void copy()}>
      <Icon aria-hidden size={16} className="text-muted" />
      {isCopied === null ? 'Copy link' : isCopied ? 'Link copied' : 'Copying is not allowed'}
    </Menu.Item>
  )
}
