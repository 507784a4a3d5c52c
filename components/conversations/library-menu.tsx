'use client'

import { Menu } from '@base-ui/react/menu'
import { Archive, CheckSquare, Ellipsis, FolderPlus, Trash2 } from 'lucide-react'
import { useRouter } from 'next/navigation'
import { useChatClient } from '#components/chat/chat-context.tsx'
import { buttonClass } from '#components/ui/button.tsx'
import { menuClass, menuItemClass } from '#components/ui/popup.ts'
import { useAskingMenu } from './use-asking-menu.ts'

/** What can be done with the list as a whole, and the ways to what is not in it. */
export function LibraryMenu({ onChosen }: { onChosen: (() => void) | undefined }) {
  const { selection } = useChatClient()
  const { ask, onOpenChangeComplete } = useAskingMenu()
  const router = useRouter()

  function open(path: string) {
    router.push(path)
    onChosen?.()
  }

  return (
    <Menu.Root onOpenChangeComplete={onOpenChangeComplete}>
      <Menu.Trigger
        aria-label="Options for the list"
        className={`${buttonClass({ variant: 'quiet', size: 'icon' })} text-muted data-popup-open:bg-hover`}
      >
        <Ellipsis aria-hidden size={18} />
      </Menu.Trigger>
      <Menu.Portal>
        <Menu.Positioner align="end" side="bottom" sideOffset={4} collisionPadding={8} className="z-40">
          <Menu.Popup className={`${menuClass} w-56`}>
            <Menu.Item className={menuItemClass} onClick={() => selection.begin()}>
              <CheckSquare aria-hidden size={16} className="text-muted" />
              Select conversations
            </Menu.Item>
            <Menu.Item className={menuItemClass} onClick={() => ask({ kind: 'folder', folder: null })}>
              <FolderPlus aria-hidden size={16} className="text-muted" />
              New folder…
            </Menu.Item>
            <Menu.Separator className="my-1 h-px bg-line" />
            <Menu.Item className={menuItemClass} onClick={() => open('/archive')}>
              <Archive aria-hidden size={16} className="text-muted" />
              Archive
            </Menu.Item>
            <Menu.Item className={menuItemClass} onClick={() => open('/trash')}>
              <Trash2 aria-hidden size={16} className="text-muted" />
              Trash
            </Menu.Item>
          </Menu.Popup>
        </Menu.Positioner>
      </Menu.Portal>
    </Menu.Root>
  )
}
