'use client'

import { Menu } from '@base-ui/react/menu'
import { Download, Pencil, Trash2 } from 'lucide-react'
import { createContext, type ReactNode, use, useState } from 'react'
import { menuItemClass, popupClass, popupMotion } from '#components/ui/popup.ts'
import type { ExportFormat } from '#lib/chat/export-conversation.ts'
import type { ConversationListItem } from '#lib/chat/types.ts'
import { DeleteDialog } from './delete-dialog.tsx'
import { RenameDialog } from './rename-dialog.tsx'

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

/** What can be done with a conversation, and the dialogs that do it. */
export function ConversationMenu() {
  const handle = useMenuHandle()
  const [asked, setAsked] = useState<{ kind: 'rename' | 'delete'; item: ConversationListItem } | null>(null)
  return (
    <>
      <Menu.Root handle={handle}>
        {({ payload: item }) => (
          <Menu.Portal>
            <Menu.Positioner align="start" side="bottom" sideOffset={4} collisionPadding={8} className="z-40">
              <Menu.Popup className={`${popupClass} ${popupMotion} w-52 p-1`}>
                <Menu.Item
                  className={menuItemClass}
                  onClick={() => item && setAsked({ kind: 'rename', item })}
                >
                  <Pencil aria-hidden size={16} className="text-muted" />
                  Rename
                </Menu.Item>
                {item && <ExportItem conversationId={item.id} format="markdown" name="Markdown" />}
                {item && <ExportItem conversationId={item.id} format="json" name="JSON" />}
                <Menu.Item
                  className={`${menuItemClass} text-danger`}
                  onClick={() => item && setAsked({ kind: 'delete', item })}
                >
                  <Trash2 aria-hidden size={16} />
                  Delete
                </Menu.Item>
              </Menu.Popup>
            </Menu.Positioner>
          </Menu.Portal>
        )}
      </Menu.Root>
      <RenameDialog item={asked?.kind === 'rename' ? asked.item : null} onClose={() => setAsked(null)} />
      <DeleteDialog item={asked?.kind === 'delete' ? asked.item : null} onClose={() => setAsked(null)} />
    </>
  )
}

/** A link, so that the browser itself downloads and says when it cannot. */
function ExportItem({
  conversationId,
  format,
  name,
}: {
  conversationId: string
  format: ExportFormat
  name: string
}) {
  return (
    <Menu.LinkItem
      href={`/api/conversations/${conversationId}/export?format=${format}`}
      download
      closeOnClick
      className={menuItemClass}
    >
      <Download aria-hidden size={16} className="text-muted" />
      Export as {name}
    </Menu.LinkItem>
  )
}
