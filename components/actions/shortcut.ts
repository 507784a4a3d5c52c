/**
 * A key that does something. `mod` is Ctrl, or ⌘ on a Mac. A key without a modifier works only where nothing is typed,
 * and not at all for who has turned such keys off.
 */
export interface Shortcut {
  /** As `KeyboardEvent.key` has it. */
  key: string
  modifier?: 'mod' | 'alt'
}

/** What a keyboard event tells of itself. */
export type PressedKey = Pick<KeyboardEvent, 'key' | 'ctrlKey' | 'metaKey' | 'altKey' | 'shiftKey'>

/** Whether a key was pressed that is a shortcut's. A character that takes Shift is the character; an arrow is not. */
export function isPressed({ key, modifier }: Shortcut, pressed: PressedKey, isMac: boolean): boolean {
  const { ctrlKey, metaKey, altKey, shiftKey } = pressed
  if (pressed.key.toLowerCase() !== key.toLowerCase()) return false
  const isUpper = pressed.key !== pressed.key.toLowerCase()
  if (shiftKey && (isUpper || key.length > 1)) return false
  const [mod, other] = isMac ? [metaKey, ctrlKey] : [ctrlKey, metaKey]
  return mod === (modifier === 'mod') && altKey === (modifier === 'alt') && !other
}

const names: Record<string, string> = { ArrowUp: '↑', ArrowDown: '↓', Escape: 'Esc', Enter: 'Enter' }

/** The keys of a shortcut as they are written on the keyboard: `['Ctrl', 'K']`. */
export function shortcutKeys({ key, modifier }: Shortcut, isMac: boolean): string[] {
  const modifierName = { mod: isMac ? '⌘' : 'Ctrl', alt: isMac ? '⌥' : 'Alt' }
  const name = names[key] ?? key.toUpperCase()
  return modifier === undefined ? [name] : [modifierName[modifier], name]
}
