import { useEffect } from 'react'
import { keyboardInset } from './keyboard-inset.ts'

/**
 * Tells the style sheet as `--keyboard` how much of the page the on-screen keyboard covers. Browsers that know
 * `interactive-widget` shrink the page by themselves; Safari lays the keyboard over it, and scrolls it under the header.
 */
export function useKeyboardInset(): void {
  useEffect(() => {
    const { visualViewport } = window
    if (!visualViewport) return
    function adjust() {
      if (!visualViewport) return
      const { height, scale } = visualViewport
      const inset = keyboardInset({ innerHeight: window.innerHeight, height, scale })
      document.documentElement.style.setProperty('--keyboard', `${inset}px`)
      if (inset > 0) window.scrollTo(0, 0)
    }
    adjust()
    visualViewport.addEventListener('resize', adjust)
    return () => visualViewport.removeEventListener('resize', adjust)
  }, [])
}
