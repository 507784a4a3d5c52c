import { useEffect, useEffectEvent } from 'react'
import { createLatePart } from '#components/late/late-part.ts'
import { isMac } from '#components/ui/is-mac.ts'
import type { ActionPage } from './action.ts'
import { runAction } from './run-action.ts'
import { isPressed, type Shortcut } from './shortcut.ts'
import { type ActionKeys, shortcuts } from './shortcuts.ts'

/** Where keys are letters of a text. */
const fields =
  'input:not([type="radio"], [type="checkbox"]), textarea, select, [contenteditable="true"], [role="combobox"]'

/** What has keys of its own while it is open. */
const popups = '[role="menu"], [role="listbox"], [role="dialog"], [role="alertdialog"]'

/** Does what a key stands for, wherever the focus is. */
export function useShortcuts(page: ActionPage): void {
  const onKeyDown = useEffectEvent((event: KeyboardEvent) => {
    if (event.defaultPrevented || event.isComposing) return
    const onMac = isMac()
    const isMeant = ([, { keys, isOfConversation }]: [string, ActionKeys]) =>
      (page.store !== null || !isOfConversation) &&
      keys.some((key) => isPressed(key, event, onMac) && mayHear(key, event.target, page, onMac))
    const meant = Object.entries(shortcuts).find(isMeant)
    if (!meant) return
    event.preventDefault()
    void perform(page, meant[0])
  })

  useEffect(() => {
    window.addEventListener('keydown', onKeyDown)
    return () => window.removeEventListener('keydown', onKeyDown)
  }, [])
}

/** What actions do is loaded when a key is pressed for the first time: it would weigh on every page. */
const lateActions = createLatePart(async () => (await import('./actions.ts')).actions)

async function perform(page: ActionPage, id: string): Promise<void> {
  const actions = await lateActions.load()
  const action = actions?.find((each) => each.id === id)
  if (action && (action.isOffered?.(page) ?? true)) await runAction(page, action)
}

/** Whether a key pressed there is a shortcut, and not something that is typed or another part's own. */
function mayHear(
  { modifier }: Shortcut,
  target: EventTarget | null,
  page: ActionPage,
  onMac: boolean,
): boolean {
  const { overlay, preferences } = page.client
  if (modifier === 'mod' && overlay.get() === 'palette') return true
  const element = target instanceof Element ? target : document.body
  if (element.closest(popups)) return false
  if (modifier === 'mod') return true
  const isField = element.closest(fields) !== null
  // In a field on a Mac, ⌥ with an arrow moves by paragraphs.
  if (modifier === 'alt') return !(isField && onMac)
  return !isField && preferences.singleKeys
}
