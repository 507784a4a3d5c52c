'use client'

import { useChatClient } from '#components/chat/chat-context.tsx'
import { useCell } from '#components/chat/use-cell.ts'
import { lateOverlay } from '#components/late/late-overlay.tsx'

/** Loaded when one of them is opened for the first time. */
const RenameDialog = lateOverlay(() => import('./rename-dialog.tsx').then((loaded) => loaded.RenameDialog))
const MoveDialog = lateOverlay(() => import('./move-dialog.tsx').then((loaded) => loaded.MoveDialog))
const FolderDialog = lateOverlay(() => import('./folder-dialog.tsx').then((loaded) => loaded.FolderDialog))
const DeleteFolderDialog = lateOverlay(() =>
  import('./delete-folder-dialog.tsx').then((loaded) => loaded.DeleteFolderDialog),
)
const ExportDialog = lateOverlay(() => import('./export-dialog.tsx').then((loaded) => loaded.ExportDialog))
const EraseDialog = lateOverlay(() => import('./erase-dialog.tsx').then((loaded) => loaded.EraseDialog))
const ShareDialog = lateOverlay(() =>
  import('#components/share/share-dialog.tsx').then((loaded) => loaded.ShareDialog),
)

/** What is asked about the library. */
export function LibraryDialogs() {
  const { libraryDialog } = useChatClient()
  const open = useCell(libraryDialog)
  const close = () => libraryDialog.set(null)
  switch (open?.kind) {
    case 'rename':
      return <RenameDialog item={open.item} onClose={close} />
    case 'move':
      return <MoveDialog items={open.items} focusAfter={open.focusAfter} onClose={close} />
    case 'folder':
      return <FolderDialog folder={open.folder} onClose={close} />
    case 'delete-folder':
      return <DeleteFolderDialog folder={open.folder} onClose={close} />
    case 'share':
      return <ShareDialog conversationId={open.item.id} onClose={close} />
    case 'export':
      return <ExportDialog items={open.items} onClose={close} />
    case 'erase':
      return <EraseDialog item={open.item} onClose={close} />
    default:
      return null
  }
}
