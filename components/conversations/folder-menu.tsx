'use client'

import { Menu } from '@base-ui/react/menu'
import { ArrowDown, ArrowUp, Pencil, SquarePen, Trash2 } from 'lucide-react'
import type { ReactNode } from 'react'
import { useChatClient, useGoTo } from '#components/chat/chat-context.tsx'
import { menuClass, menuItemClass } from '#components/ui/popup.ts'
import type { Folder } from '#lib/chat/types.ts'
import { useAskingMenu } from './use-asking-menu.ts'

interface FolderMenuProps {
  folder: Folder
  isFirst: boolean
  isLast: boolean
  className: string
  onChosen: (() => void) | undefined
  children: ReactNode
}

/** What can be done with a folder. */
export function FolderMenu({ folder, isFirst, isLast, className, onChosen, children }: FolderMenuProps) {
  const client = useChatClient()
  const goTo = useGoTo()
  const iconClass = 'text-muted'
  const { ask, onOpenChangeComplete } = useAskingMenu()

  function begin() {
    client.conversations.beginIn(folder.id)
    goTo('/')
    onChosen?.()
  }

  function move(by: -1 | 1) {
    client.folders.move(folder.id, by).catch((error: unknown) => client.actions.fail(error, () => move(by)))
  }

  return (
    <Menu.Root onOpenChangeComplete={onOpenChangeComplete}>
      <Menu.Trigger aria-label={`Options for the folder ${folder.name}`} className={className}>
        {children}
      </Menu.Trigger>
      <Menu.Portal>
        <Menu.Positioner align="start" side="bottom" sideOffset={4} collisionPadding={8} className="z-40">
          <Menu.Popup className={`${menuClass} w-56`}>
            <Menu.Item className={menuItemClass} onClick={begin}>
              <SquarePen aria-hidden size={16} className={iconClass} />
              New conversation here
            </Menu.Item>
            <Menu.Item className={menuItemClass} onClick={() => ask({ kind: 'folder', folder })}>
              <Pencil aria-hidden size={16} className={iconClass} />
              Edit folder…
            </Menu.Item>
            {!isFirst && (
              <Menu.Item className={menuItemClass} onClick={() => move(-1)}>
                <ArrowUp aria-hidden size={16} className={iconClass} />
                Move up
              </Menu.Item>
            )}
            {!isLast && (
              <Menu.Item className={menuItemClass} onClick={() => move(1)}>
                <ArrowDown aria-hidden size={16} className={iconClass} />
                Move down
              </Menu.Item>
            )}
            <Menu.Separator className="my-1 h-px bg-line" />
            <Menu.Item
              className={`${menuItemClass} text-danger`}
              onClick={() => ask({ kind: 'delete-folder', folder })}
            >
              <Trash2 aria-hidden size={16} />
              Delete folder…
            </Menu.Item>
          </Menu.Popup>
        </Menu.Positioner>
      </Menu.Portal>
    </Menu.Root>
  )
}
