import { Menu } from '@base-ui/react/menu'
import { ChevronRight, Download } from 'lucide-react'
import { menuClass, menuItemClass } from '#components/ui/popup.ts'

/** The ways to take a conversation along: links, so that the browser itself downloads and says when it cannot. */
export function ExportSubmenu({ conversationId }: { conversationId: string }) {
  const file = (format: string) => `/api/conversations/${conversationId}/export?format=${format}`
  return (
    <Menu.SubmenuRoot>
      <Menu.SubmenuTrigger className={menuItemClass}>
        <Download aria-hidden size={16} className="text-muted" />
        Export
        <ChevronRight aria-hidden size={16} className="ms-auto text-muted" />
      </Menu.SubmenuTrigger>
      <Menu.Portal>
        <Menu.Positioner sideOffset={2} alignOffset={-4} collisionPadding={8} className="z-40">
          <Menu.Popup className={`${menuClass} w-44`}>
            <Menu.LinkItem href={file('markdown')} download closeOnClick className={menuItemClass}>
              As Markdown
            </Menu.LinkItem>
            <Menu.LinkItem href={file('json')} download closeOnClick className={menuItemClass}>
              As JSON
            </Menu.LinkItem>
            <Menu.LinkItem
              href={`/chat/${conversationId}/print`}
              target="_blank"
              closeOnClick
              className={menuItemClass}
            >
              As PDF, to print
            </Menu.LinkItem>
          </Menu.Popup>
        </Menu.Positioner>
      </Menu.Portal>
    </Menu.SubmenuRoot>
  )
}
