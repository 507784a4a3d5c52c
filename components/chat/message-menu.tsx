'use client'

import { Menu } from '@base-ui/react/menu'
import { RefreshCw } from 'lucide-react'
import {
  createContext,
  type MouseEvent,
  type ReactNode,
  use,
  useCallback,
  useEffect,
  useRef,
  useState,
} from 'react'
import { menuItemClass, popupClass, popupMotion } from '#components/ui/popup.ts'
import { type AnswerOption, answerChoices } from './answer-choices.ts'
import type { AnswerChoice } from './branch-actions.ts'
import { type Cell, createCell } from './cell.ts'
import { useChatClient } from './chat-context.tsx'
import type { ConversationStore } from './conversation-store.ts'
import { DeleteMessageDialog } from './delete-message-dialog.tsx'
import { messageButtonClass } from './message-actions.ts'
import { MessageOptions } from './message-options.tsx'
import { useCell, useCellValue } from './use-cell.ts'

const labels = { regenerate: 'Regenerate', options: 'Message options' }
type MenuKind = keyof typeof labels

/** Which menu is open, of which message, at which button. */
interface OpenMenu {
  kind: MenuKind
  messageId: string
  button: HTMLElement
  /** By keyboard it opens on its first item. */
  isByKeyboard: boolean
}

const MenuContext = createContext<Cell<OpenMenu | null> | null>(null)

function useOpenMenu(): Cell<OpenMenu | null> {
  const open = use(MenuContext)
  if (!open) throw new Error('A message’s menu needs a MessageMenuProvider above it.')
  return open
}

/** Lets all messages share one menu: a thousand of them must cost no more than their buttons. */
export function MessageMenuProvider({ children }: { children: ReactNode }) {
  const [open] = useState(() => createCell<OpenMenu | null>(null))
  return <MenuContext value={open}>{children}</MenuContext>
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
      aria-label={labels[kind]}
      title={labels[kind]}
      aria-haspopup="menu"
      aria-expanded={isOpen}
      className={messageButtonClass}
      onClick={({ currentTarget, detail }: MouseEvent<HTMLElement>) =>
        open.set({ kind, messageId, button: currentTarget, isByKeyboard: detail === 0 })
      }
    >
      {children}
    </button>
  )
}

/** The menu of the message whose button was pressed, and the dialog that it may open. */
export function MessageMenu({ store }: { store: ConversationStore }) {
  const cell = useOpenMenu()
  const open = useCell(cell)
  // What is closing is still seen.
  const [shown, setShown] = useState(open)
  const popup = useRef<HTMLDivElement>(null)
  const [deleted, setDeleted] = useState<OpenMenu | null>(null)
  if (open && open !== shown) setShown(open)
  const close = useCallback(() => cell.set(null), [cell])

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
            anchor={shown?.button ?? null}
            align="start"
            side="bottom"
            sideOffset={4}
            collisionPadding={8}
            className="z-20"
          >
            <Menu.Popup
              ref={popup}
              aria-label={shown ? labels[shown.kind] : undefined}
              finalFocus={() => (mayTakeFocus(popup.current) ? shown?.button : false)}
              className={`${popupClass} ${popupMotion} max-h-(--available-height) w-52 overflow-y-auto p-1`}
            >
              {shown?.kind === 'regenerate' && <RegenerateItems store={store} messageId={shown.messageId} />}
              {shown?.kind === 'options' && (
                <MessageOptions
                  conversationId={store.id}
                  messageId={shown.messageId}
                  onDone={close}
                  onDelete={() => setDeleted(shown)}
                />
              )}
            </Menu.Popup>
          </Menu.Positioner>
        </Menu.Portal>
      </Menu.Root>
      <DeleteMessageDialog
        store={store}
        messageId={deleted?.messageId ?? null}
        opener={deleted?.button ?? null}
        onClose={() => setDeleted(null)}
      />
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

/** The focus goes back to the button, unless it is elsewhere by now. */
function mayTakeFocus(popup: HTMLElement | null): boolean {
  const { activeElement, body } = document
  return activeElement === null || activeElement === body || popup?.contains(activeElement) === true
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
