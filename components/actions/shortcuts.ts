import type { ActionId } from './actions.ts'
import type { Shortcut } from './shortcut.ts'

/** The keys of an action. */
export interface ActionKeys {
  keys: readonly Shortcut[]
  /** Only where a conversation is shown; elsewhere they are the browser's. */
  isOfConversation?: boolean
}

/** Which keys do what: apart from the actions themselves, since every page listens for them. */
export const shortcuts: Partial<Record<ActionId, ActionKeys>> = {
  palette: { keys: [{ key: 'k', modifier: 'mod' }] },
  'new-conversation': { keys: [{ key: 'n' }] },
  help: { keys: [{ key: '?' }, { key: '/', modifier: 'mod' }] },
  write: { keys: [{ key: '/' }], isOfConversation: true },
  'previous-message': { keys: [{ key: 'k' }, { key: 'ArrowUp', modifier: 'alt' }], isOfConversation: true },
  'next-message': { keys: [{ key: 'j' }, { key: 'ArrowDown', modifier: 'alt' }], isOfConversation: true },
  copy: { keys: [{ key: 'c' }], isOfConversation: true },
  edit: { keys: [{ key: 'e' }], isOfConversation: true },
  regenerate: { keys: [{ key: 'r' }], isOfConversation: true },
  making: { keys: [{ key: 'i' }], isOfConversation: true },
}
