'use client'

import { Menu } from '@base-ui/react/menu'
import { RefreshCw } from 'lucide-react'
import { type MouseEvent, useCallback, useEffect, useRef, useState } from 'react'
import { lateOverlay } from '#components/late/late-overlay.tsx'
import { menuClass, menuItemClass } from '#components/ui/popup.ts'
import { useFocusReturn } from '#components/ui/use-focus-return.ts'
import { type AnswerOption, answerChoices } from './answer-choices.ts'
import type { AnswerChoice } from './branch-actions.ts'
import { useChatClient } from './chat-context.tsx'
import type { ConversationStore } from './conversation-store.ts'
import { menuLabels, type OpenMenu, useOpenMenu } from './message-menu-provider.tsx'
import { MessageOptions } from './message-options.tsx'
import { useCell } from './use-cell.ts'

/** Loaded when one is deleted for the first time. */
const DeleteMessageDialog = lateOverlay(() =>
  import('./delete-message-dialog.tsx').then((loaded) => loaded.DeleteMessageDialog),
)

/** The menu of the message that asked for it, and the dialog that it may open. */
export function MessageMenu({ store }: { store: ConversationStore }) {
  const cell = useOpenMenu()
  const open = useCell(cell)
  // What is closing is still seen.
  const [shown, setShown] = useState(open)
  const popup = useRef<HTMLDivElement>(null)
  const [deleted, setDeleted] = useState<OpenMenu | null>(null)
  if (open && open !== shown) setShown(open)
  const close = useCallback(() => cell.set(null), [cell])
  const finalFocus = useFocusReturn(open !== null, () => shown?.opener ?? null)

  useEffect(() => {
    if (!open?.isByKeyboard) return
    // After the popup, which takes the focus in a frame of its own.
    const frame = requestAnimationFrame(() =>
      popup.current?.querySelector<HTMLElement>('[role="menuitem"]')?.focus(),
    )
    return () => cancelAnimationFrame(frame)
  }, [open])

  return (
    <>
      <Menu.Root open={open !== null} onOpenChange={(isOpen) => !isOpen && cell.set(null)}>
        <Menu.Portal>
          <Menu.Positioner
            anchor={shown?.anchor ?? null}
            align="start"
            side="bottom"
            sideOffset={4}
            collisionPadding={8}
            className="z-20"
          >
            <Menu.Popup
              ref={popup}
              aria-label={shown ? menuLabels[shown.kind] : undefined}
              finalFocus={finalFocus}
              className={`${menuClass} w-52`}
            >
              {shown?.kind === 'regenerate' && <RegenerateItems store={store} messageId={shown.messageId} />}
              {shown?.kind === 'options' && (
                <MessageOptions
                  store={store}
                  messageId={shown.messageId}
                  opener={shown.opener}
                  isWhole={shown.isWhole}
                  onDone={close}
                  onDelete={() => setDeleted(shown)}
                />
              )}
            </Menu.Popup>
          </Menu.Positioner>
        </Menu.Portal>
      </Menu.Root>
      {deleted && (
        <DeleteMessageDialog
          store={store}
          messageId={deleted.messageId}
          opener={deleted.opener}
          onClose={() => setDeleted(null)}
        />
      )}
    </>
  )
}

function RegenerateItems({ store, messageId }: { store: ConversationStore; messageId: string }) {
  const client = useChatClient()
  const { personas, models } = client
  const { model } = useCell(store.state)
  const answer = store.transcript.find(messageId)
  if (answer?.role !== 'assistant') return null
  const regenerate = (choice: AnswerChoice, { detail }: MouseEvent) => {
    if (answer.parentId === null) return
    // The menu's button is hidden while an answer runs: by keyboard the focus needs another place.
    if (detail === 0) client.focusComposer()
    store.branches.regenerate(answer.parentId, choice)
  }
  const choices = answerChoices(answer.generation, { personas, models, chosenModel: model })
  return (
    <>
      <Menu.Item className={menuItemClass} onClick={(event) => regenerate(choices.again, event)}>
        <RefreshCw aria-hidden size={16} className="text-muted" />
        Again
      </Menu.Item>
      <OptionGroup label="With another persona" options={choices.personas} onChoose={regenerate} />
      <OptionGroup label="With another intensity" options={choices.intensities} onChoose={regenerate} />
      <OptionGroup label="With another model" options={choices.models} onChoose={regenerate} />
    </>
  )
}

interface OptionGroupProps {
  label: string
  options: AnswerOption[]
  onChoose(choice: AnswerChoice, event: MouseEvent): void
}

function OptionGroup({ label, options, onChoose }: OptionGroupProps) {
  if (options.length === 0) return null
  return (
    <Menu.Group className="mt-1 border-line border-t pt-1">
      <Menu.GroupLabel className="px-2.5 pt-1.5 pb-1 text-muted text-xs">{label}</Menu.GroupLabel>
      {options.map(({ key, label: name, choice }) => (
        <Menu.Item key={key} className={menuItemClass} onClick={(event) => onChoose(choice, event)}>
          <span className="truncate">{name}</span>
        </Menu.Item>
      ))}
    </Menu.Group>
  )
}
