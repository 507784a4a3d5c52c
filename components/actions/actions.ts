import type { Action } from './action.ts'
import { conversationActions } from './conversation-actions.ts'
import { libraryActions } from './library-actions.ts'
import { messageActions } from './message-actions.ts'
import { pageActions } from './page-actions.ts'
import type { Shortcut } from './shortcut.ts'
import { shortcuts } from './shortcuts.ts'

const all = [...conversationActions, ...libraryActions, ...messageActions, ...pageActions] as const

export type ActionId = (typeof all)[number]['id']
export type KnownAction = Action & { id: ActionId; keys: readonly Shortcut[] }

/** Everything that can be done by name or key: what the palette offers, what `?` lists, what keys do. */
export const actions: readonly KnownAction[] = all.map((action) => ({
  ...action,
  keys: shortcuts[action.id]?.keys ?? [],
}))
