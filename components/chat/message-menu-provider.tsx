'use client'

import { createContext, type KeyboardEvent, type MouseEvent, type ReactNode, use, useState } from 'react'
import { useLongPress } from '#components/ui/use-long-press.ts'
import { type Cell, createCell } from './cell.ts'
import { useChatClient } from './chat-context.tsx'
import { isAtRest } from './conversation-state.ts'
import type { ConversationStore } from './conversation-store.ts'
import { messageButtonClass } from './message-actions.ts'
import { useCellValue } from './use-cell.ts'

export const menuLabels = { regenerate: 'Regenerate', options: 'Message options' }
type MenuKind = keyof typeof menuLabels

/** Which menu is open, of which message, and where. */
export interface OpenMenu {
  kind: MenuKind
  messageId: string
  anchor: Element | { getBoundingClientRect(): DOMRect }
  /** What gets the focus when it closes. */
  opener: HTMLElement
  /** By keyboard it opens on its first item. */
  isByKeyboard: boolean
  /** Asked of the message itself: then it has what stands in the buttons under it, too. */
  isWhole: boolean
}

const MenuContext = createContext<Cell<OpenMenu | null> | null>(null)

export function useOpenMenu(): Cell<OpenMenu | null> {
  const open = use(MenuContext)
  if (!open) throw new Error('A message’s menu needs a MessageMenuProvider above it.')
  return open
}

/**
 * Lets all messages share one menu: a thousand of them must cost no more than their buttons. It opens from its button, from
 * the keyboard on a message that has the focus, and under a finger that rests on a message.
 */
export function MessageMenuProvider({ store, children }: { store: ConversationStore; children: ReactNode }) {
  const client = useChatClient()
  const [open] = useState(() => createCell<OpenMenu | null>(null))

  function openOf(message: HTMLElement, anchor: OpenMenu['anchor'], isByKeyboard: boolean) {
    open.set({ kind: 'options', messageId: message.id, anchor, opener: message, isByKeyboard, isWhole: true })
  }

  const { onContextMenu, ...press } = useLongPress(({ target, x, y }) => {
    const message = target.closest<HTMLElement>('article')
    if (message) openOf(message, { getBoundingClientRect: () => new DOMRect(x, y, 0, 0) }, false)
  })

  function onKeyDown(event: KeyboardEvent) {
    const { key, shiftKey, target } = event
    if (!(target instanceof HTMLElement) || target.tagName !== 'ARTICLE') return
    if (key === 'Enter' || key === 'ContextMenu' || (key === 'F10' && shiftKey)) {
      openOf(target, anchorOf(target), true)
    } else if (key === 'Escape' && isAtRest(store.state.get())) client.focusComposer()
    else return
    event.preventDefault()
  }

  return (
    <MenuContext value={open}>
      {/* biome-ignore lint/a11y/noStaticElementInteractions: it hears for the messages inside, which can have the focus. */}
      <div
        className="contents"
        onKeyDown={onKeyDown}
        {...press}
        onContextMenu={(event) => {
          // Of the key that has just opened this menu.
          if (open.get()?.isByKeyboard) event.preventDefault()
          else onContextMenu(event)
        }}
      >
        {children}
      </div>
    </MenuContext>
  )
}

/** The button of the menu, where it can be seen; else where the message begins. */
function anchorOf(message: HTMLElement): OpenMenu['anchor'] {
  const button = message.querySelector(`[aria-label="${menuLabels.options}"]`)
  const isSeen =
    button?.checkVisibility({ visibilityProperty: true }) &&
    button.getBoundingClientRect().bottom < innerHeight
  if (button && isSeen) return button
  const { left, top } = message.getBoundingClientRect()
  return { getBoundingClientRect: () => new DOMRect(left, Math.max(top, 64), 0, 0) }
}

interface MenuButtonProps {
  kind: MenuKind
  messageId: string
  children: ReactNode
}

export function MessageMenuButton({ kind, messageId, children }: MenuButtonProps) {
  const open = useOpenMenu()
  const isOpen = useCellValue(open, (menu) => menu?.kind === kind && menu.messageId === messageId)
  return (
    <button
      type="button"
      aria-label={menuLabels[kind]}
      title={menuLabels[kind]}
      aria-haspopup="menu"
      aria-expanded={isOpen}
      className={messageButtonClass}
      onClick={({ currentTarget, detail }: MouseEvent<HTMLElement>) =>
        open.set({
          ...{ kind, messageId, anchor: currentTarget, opener: currentTarget },
          ...{ isByKeyboard: detail === 0, isWhole: false },
        })
      }
    >
      {children}
    </button>
  )
}
