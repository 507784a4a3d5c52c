import type { KeyboardEvent } from 'react'

/** Whether a key in a field for messages sends: Enter does, Shift+Enter is a new line. */
export function isSendKey({ key, shiftKey, keyCode, nativeEvent }: KeyboardEvent): boolean {
  // Enter that ends a composition belongs to the input method; Safari tells it by the code alone.
  return key === 'Enter' && !shiftKey && !nativeEvent.isComposing && keyCode !== 229
}
