'use client'

import { Menu } from '@base-ui/react/menu'
import {
  Archive,
  ArchiveRestore,
  CheckSquare,
  FolderInput,
  Pencil,
  Pin,
  PinOff,
  Share2,
  Trash2,
} from 'lucide-react'
import { createContext, type ReactNode, type RefObject, use, useRef, useState } from 'react'
import { useChatClient } from '#components/chat/chat-context.tsx'
import { menuClass, menuItemClass } from '#components/ui/popup.ts'
import type { ConversationListItem } from '#lib/chat/types.ts'
import { ExportSubmenu } from './export-submenu.tsx'
import { useAskingMenu } from './use-asking-menu.ts'
import { focusAfterRows, rowOf } from './walk-list.ts'

type MenuHandle = Menu.Handle<ConversationListItem>

const MenuContext = createContext<MenuHandle | null>(null)

/** Lets all rows of a list share one menu: a menu for each would weigh on a long list. */
export function ConversationMenuProvider({ children }: { children: ReactNode }) {
  const [handle] = useState(() => Menu.createHandle<ConversationListItem>())
  return <MenuContext value={handle}>{children}</MenuContext>
}

function useMenuHandle(): MenuHandle {
  const handle = use(MenuContext)
  if (!handle) throw new Error('A conversation’s menu needs a ConversationMenuProvider above it.')
  return handle
}

interface TriggerProps {
  item: ConversationListItem
  className: string
  children: ReactNode
}

export function ConversationMenuTrigger({ item, className, children }: TriggerProps) {
  return (
    <Menu.Trigger
      handle={useMenuHandle()}
      payload={item}
      aria-label={`Options for ${item.title}`}
      className={className}
    >
      {children}
    </Menu.Trigger>
  )
}

/**
 * What can be done with a conversation.
 *
 * @param list around the rows that it belongs to
 */
export function ConversationMenu({ list }: { list: RefObject<HTMLElement | null> }) {
  const handle = useMenuHandle()
  const focusAfter = useRef<(() => HTMLElement | null) | null>(null)
  const { ask, onOpenChangeComplete } = useAskingMenu()

  function forget(isOpen: boolean) {
    if (isOpen) focusAfter.current = null
  }

  return (
    <Menu.Root handle={handle} onOpenChange={forget} onOpenChangeComplete={onOpenChangeComplete}>
      {({ payload: item }) => (
        <Menu.Portal>
          <Menu.Positioner align="start" side="bottom" sideOffset={4} collisionPadding={8} className="z-40">
            <Menu.Popup
              className={`${menuClass} w-52`}
              // The row from which it was opened may be gone.
              finalFocus={() => focusAfter.current?.() ?? true}
            >
              {item && (
                <MenuItems
                  item={item}
                  onLeaving={() => {
                    focusAfter.current = focusAfterRows(list.current, [item.id])
                  }}
                  onSelecting={() => {
                    focusAfter.current = () => rowOf(list.current, item.id)
                  }}
                  onRenaming={() => ask({ kind: 'rename', item })}
                  onSharing={() => ask({ kind: 'share', item })}
                  onMoving={() => {
                    const after = focusAfterRows(list.current, [item.id])
                    ask({ kind: 'move', items: [item], focusAfter: after })
                  }}
                />
              )}
            </Menu.Popup>
          </Menu.Positioner>
        </Menu.Portal>
      )}
    </Menu.Root>
  )
}

interface MenuItemsProps {
  item: ConversationListItem
  /** The row is about to go from where it is. */
  onLeaving(): void
  /** Its menu is about to go. */
  onSelecting(): void
  /** What is to be asked first. */
  onRenaming(): void
  onMoving(): void
  onSharing(): void
}

function MenuItems({ item, onLeaving, onSelecting, onRenaming, onMoving, onSharing }: MenuItemsProps) {
  const { actions, selection } = useChatClient()
  return (
    <>
      <Item icon={<Pencil />} label="Rename" onClick={onRenaming} />
      <Item
        icon={item.pinned ? <PinOff /> : <Pin />}
        label={item.pinned ? 'Unpin' : 'Pin'}
        onClick={() => {
          onLeaving()
          void actions.pin([item], !item.pinned)
        }}
      />
      <Item
        icon={item.archived ? <ArchiveRestore /> : <Archive />}
        label={item.archived ? 'Move back to the list' : 'Archive'}
        onClick={() => {
          onLeaving()
          void actions.archive([item], !item.archived)
        }}
      />
      <Item icon={<FolderInput />} label="Move to folder…" onClick={onMoving} />
      <Item icon={<Share2 />} label="Share" onClick={onSharing} />
      <ExportSubmenu conversationId={item.id} />
      <Item
        icon={<CheckSquare />}
        label="Select"
        onClick={() => {
          onSelecting()
          selection.begin(item.id)
        }}
      />
      <Menu.Separator className="my-1 h-px bg-line" />
      <Item
        icon={<Trash2 />}
        label="Delete"
        isDanger
        onClick={() => {
          onLeaving()
          void actions.delete([item])
        }}
      />
    </>
  )
}

interface ItemProps {
  icon: ReactNode
  label: string
  isDanger?: boolean
  onClick(): void
}

const iconClass = 'flex [&>svg]:size-4'

function Item({ icon, label, isDanger = false, onClick }: ItemProps) {
  return (
    <Menu.Item className={isDanger ? `${menuItemClass} text-danger` : menuItemClass} onClick={onClick}>
      <span aria-hidden className={isDanger ? iconClass : `${iconClass} text-muted`}>
        {icon}
      </span>
      {label}
    </Menu.Item>
  )
}
