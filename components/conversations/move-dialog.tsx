'use client'

import { Combobox } from '@base-ui/react/combobox'
import { Check, Folder as FolderIcon, FolderMinus, FolderPlus } from 'lucide-react'
import { type ReactNode, useRef, useState } from 'react'
import { RequestError } from '#components/chat/chat-api.ts'
import { useChatClient } from '#components/chat/chat-context.tsx'
import { useCell } from '#components/chat/use-cell.ts'
import { FormDialog } from '#components/ui/dialog.tsx'
import { MAX_FOLDER_NAME_LENGTH } from '#lib/chat/limits.ts'
import type { ConversationListItem } from '#lib/chat/types.ts'

/** A place to move to: a folder, none, or one that is made by it. */
type Destination =
  | { kind: 'folder'; id: string; label: string }
  | { kind: 'none'; label: string }
  | { kind: 'new'; name: string; label: string }

interface MoveDialogProps {
  items: ConversationListItem[]
  focusAfter: (() => HTMLElement | null) | undefined
  onClose(): void
}

/** Chooses a folder by its name, or makes one. */
export function MoveDialog({ items, focusAfter, onClose }: MoveDialogProps) {
  const { folders, actions } = useChatClient()
  const known = useCell(folders.folders)
  const [typed, setTyped] = useState('')
  const [error, setError] = useState<string | null>(null)
  const hasMoved = useRef(false)
  const from = items.every(({ folderId }) => folderId === items[0]?.folderId) ? items[0]?.folderId : null
  const name = typed.trim()
  const isKnown = known.some((folder) => folder.name.toLowerCase() === name.toLowerCase())
  const destinations: Destination[] = [
    ...(items.some(({ folderId }) => folderId !== null)
      ? [{ kind: 'none' as const, label: 'No folder' }]
      : []),
    ...known.map(({ id, name: label }) => ({ kind: 'folder' as const, id, label })),
    ...(name !== '' && !isKnown
      ? [{ kind: 'new' as const, name: name.slice(0, MAX_FOLDER_NAME_LENGTH), label: `New folder “${name}”` }]
      : []),
  ]

  async function move(to: Destination) {
    try {
      const folderId =
        to.kind === 'none'
          ? null
          : to.kind === 'folder'
            ? to.id
            : (await folders.make({ name: to.name, persona: null, instructions: '' })).id
      hasMoved.current = true
      onClose()
      await actions.move(
        items.filter((item) => item.folderId !== folderId),
        folderId,
      )
    } catch (failure) {
      if (!(failure instanceof RequestError)) throw failure
      setError(failure.message)
    }
  }

  return (
    <FormDialog
      isOpen
      onClose={onClose}
      title={items.length === 1 ? 'Move to a folder' : `Move ${items.length} conversations`}
      // Where nothing was moved, what had it before.
      focusAfter={() => (hasMoved.current ? (focusAfter?.() ?? null) : null)}
    >
      <Combobox.Root
        inline
        open
        autoHighlight
        items={destinations}
        value={null}
        itemToStringLabel={({ label }: Destination) => label}
        inputValue={typed}
        onInputValueChange={setTyped}
        filter={(destination, query) =>
          destination.kind === 'new' || destination.label.toLowerCase().includes(query.trim().toLowerCase())
        }
        onValueChange={(destination: Destination | null) => destination && void move(destination)}
      >
        <Combobox.Input
          aria-label="Folder"
          placeholder={known.length === 0 ? 'Name a new folder' : 'Find a folder, or name a new one'}
          className="h-11 w-full rounded-lg border border-edge bg-raised px-3 focus-visible:outline-offset-0"
        />
        <Combobox.Empty className="px-3 pt-3 text-muted text-sm empty:hidden">
          You have no folders yet. Type a name to make one.
        </Combobox.Empty>
        <Combobox.List className="-mx-2 mt-2 max-h-72 scroll-py-1 overflow-y-auto overscroll-contain">
          {(destination: Destination) => (
            <Combobox.Item
              key={'id' in destination ? destination.id : destination.kind}
              value={destination}
              className="flex min-h-10 cursor-default select-none items-center gap-2.5 rounded-md px-2.5 py-2 text-sm outline-hidden data-highlighted:bg-hover"
            >
              {icons[destination.kind]}
              <span className="min-w-0 flex-1 truncate">{destination.label}</span>
              {'id' in destination && destination.id === from && (
                <Check role="img" aria-label="here now" size={16} className="text-accent" />
              )}
            </Combobox.Item>
          )}
        </Combobox.List>
      </Combobox.Root>
      {error && (
        <p role="alert" className="mt-2 text-danger text-sm">
          {error}
        </p>
      )}
    </FormDialog>
  )
}

const icons: Record<Destination['kind'], ReactNode> = {
  folder: <FolderIcon aria-hidden size={16} className="shrink-0 text-muted" />,
  none: <FolderMinus aria-hidden size={16} className="shrink-0 text-muted" />,
  new: <FolderPlus aria-hidden size={16} className="shrink-0 text-muted" />,
}
