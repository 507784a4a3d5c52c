/**
 * Selects the text of a message, so that a finger can move the ends of the selection. As long as something in it is
 * selected, a finger that rests on it selects, as anywhere else.
 */
export function selectMessageText(messageId: string): void {
  const message = document.getElementById(messageId)
  const text = message?.querySelector('.reading')
  if (!message || !text) return
  message.dataset.selectable = ''
  // After the menu, which gives the focus back when it closes.
  requestAnimationFrame(() => window.getSelection()?.selectAllChildren(text))
  const onChange = () => {
    if (window.getSelection()?.isCollapsed !== false) {
      delete message.dataset.selectable
      document.removeEventListener('selectionchange', onChange)
    }
  }
  requestAnimationFrame(() => document.addEventListener('selectionchange', onChange))
}
