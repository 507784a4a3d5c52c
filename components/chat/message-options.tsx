'use client'

import { Menu } from '@base-ui/react/menu'
import {
  Check,
  Copy,
  Layers,
  Link,
  type LucideIcon,
  Pencil,
  RefreshCw,
  TextSelect,
  Trash2,
} from 'lucide-react'
import { type MouseEvent, type ReactNode, useEffect, useState } from 'react'
import { copyText } from '#components/ui/copy-text.ts'
import { menuItemClass } from '#components/ui/popup.ts'
import type { Message } from '#lib/chat/types.ts'
import { useChatClient } from './chat-context.tsx'
import { isAtRest } from './conversation-state.ts'
import type { ConversationStore } from './conversation-store.ts'
import { selectMessageText } from './select-message-text.ts'
import { useCellValue } from './use-cell.ts'

/** How long the menu stays open to say whether something was copied, in ms. */
const SAID_FOR = 1200

interface MessageOptionsProps {
  store: ConversationStore
  messageId: string
  opener: HTMLElement
  /** With what stands in the buttons under the message, too. */
  isWhole: boolean
  /** Nothing is left to be said. */
  onDone(): void
  onDelete(): void
}

/** What can be done with any message, in its menu. */
export function MessageOptions({ store, messageId, opener, isWhole, onDone, onDelete }: MessageOptionsProps) {
  const isFree = useCellValue(store.state, isAtRest)
  const message = store.transcript.find(messageId)
  return (
    <>
      {isWhole && message && (
        <>
          <CopyItem icon={Copy} name="Copy" said="Copied" textOf={() => message.text} onDone={onDone} />
          <SelectItem messageId={messageId} />
          {isFree && <TurnItems store={store} message={message} />}
          {message.role === 'assistant' && (
            <Item icon={Layers} onClick={() => store.making.set({ messageId, opener })}>
              How this was made
            </Item>
          )}
        </>
      )}
      {!store.state.get().isTemporary && (
        <CopyItem
          icon={Link}
          name="Copy link"
          said="Link copied"
          textOf={() => `${window.location.origin}/chat/${store.id}#${messageId}`}
          onDone={onDone}
        />
      )}
      {isFree && (
        <Menu.Item className={`${menuItemClass} text-danger`} onClick={onDelete}>
          <Trash2 aria-hidden size={16} />
          Delete
        </Menu.Item>
      )}
    </>
  )
}

/** A question is written anew, an answer asked for again. */
function TurnItems({
  store,
  message: { id, role, parentId },
}: {
  store: ConversationStore
  message: Message
}) {
  const client = useChatClient()
  if (role === 'user') {
    return (
      <Item icon={Pencil} onClick={() => store.branches.startEditing(id)}>
        Edit
      </Item>
    )
  }
  function regenerate({ detail }: MouseEvent) {
    if (parentId === null) return
    // The message goes: by keyboard the focus must not go with it. On a touch screen it would open the keyboard.
    if (detail === 0) client.focusComposer()
    store.branches.regenerate(parentId, {})
  }
  return (
    <Item icon={RefreshCw} onClick={regenerate}>
      Another answer
    </Item>
  )
}

/** Where a finger that rests opens this menu, it does not select text. */
function SelectItem({ messageId }: { messageId: string }) {
  return (
    <Menu.Item
      className={`${menuItemClass} hidden [@media(pointer:coarse)]:flex`}
      onClick={() => selectMessageText(messageId)}
    >
      <TextSelect aria-hidden size={16} className="text-muted" />
      Select text
    </Menu.Item>
  )
}

interface ItemProps {
  icon: LucideIcon
  children: ReactNode
  onClick(event: MouseEvent): void
}

function Item({ icon: Icon, children, onClick }: ItemProps) {
  return (
    <Menu.Item className={menuItemClass} onClick={onClick}>
      <Icon aria-hidden size={16} className="text-muted" />
      {children}
    </Menu.Item>
  )
}

interface CopyItemProps {
  icon: LucideIcon
  name: string
  said: string
  textOf(): string
  onDone(): void
}

/** Copies something and says so where it was asked for, before the menu closes. */
function CopyItem({ icon, name, said, textOf, onDone }: CopyItemProps) {
  const { announcement } = useChatClient()
  const [isCopied, setCopied] = useState<boolean | null>(null)

  useEffect(() => {
    if (isCopied === null) return
    const timer = setTimeout(onDone, SAID_FOR)
    return () => clearTimeout(timer)
  }, [isCopied, onDone])

  async function copy() {
    const hasWorked = await copyText(textOf())
    announcement.set(hasWorked ? `${said}.` : 'Copying is not allowed here.')
    setCopied(hasWorked)
  }

  const Icon = isCopied ? Check : icon
  return (
    <Menu.Item closeOnClick={false} className={menuItemClass} onClick={() => void copy()}>
      <Icon aria-hidden size={16} className="text-muted" />
      {isCopied === null ? name : isCopied ? said : 'Copying is not allowed'}
    </Menu.Item>
  )
}
