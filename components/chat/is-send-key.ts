import type { KeyboardEvent } from 'react'

type SendKey = Pick<KeyboardEvent, 'key' | 'shiftKey' | 'ctrlKey' | 'metaKey' | 'keyCode'> & {
  nativeEvent: { isComposing: boolean }
}

/**
 * Whether a key in a field for messages sends: Ctrl+Enter and ⌘+Enter always do, Enter alone when the person wants it so.
 * Shift+Enter is a new line.
 */
export function isSendKey(
  { key, shiftKey, ctrlKey, metaKey, keyCode, nativeEvent }: SendKey,
  enterSends: boolean,
): boolean {
  // Enter that ends a composition belongs to the input method; Safari tells it by the code alone.
  if (key !== 'Enter' || shiftKey || nativeEvent.isComposing || keyCode === 229) return false
  return enterSends || ctrlKey || metaKey
}
