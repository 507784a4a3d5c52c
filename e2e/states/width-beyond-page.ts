import type { Page } from '@playwright/test'

/** What may be wider than its room and is scrolled by itself: code, tables, formulas, what is typed in a line; all else wraps. */
const SCROLLED = 'pre, .table-scroll, .formula-display, .tex-display, input'

/**
 * What one would have to scroll sideways for, or cannot see for its width: what goes beyond the page, and what is wider than
 * the box that scrolls or cuts it off. A line that ends in an ellipsis says itself that it goes on.
 */
export async function widthBeyondPage(page: Page): Promise<string[]> {
  return page.evaluate((scrolled) => {
    const width = document.documentElement.clientWidth
    const describe = (element: Element) => element.outerHTML.slice(0, 160)
    const isHeld = (element: Element) => {
      if (element.closest(scrolled) || element.closest('.sr-only, .katex-mathml')) return true
      for (let around: Element | null = element; around; around = around.parentElement) {
        const { textOverflow, webkitLineClamp } = getComputedStyle(around)
        if (textOverflow === 'ellipsis' || webkitLineClamp !== 'none') return true
      }
      return false
    }
    const seen = [...document.querySelectorAll('body *')].filter((element) => {
      const { width: across, height } = element.getBoundingClientRect()
      return across > 1 && height > 1 && element.checkVisibility({ visibilityProperty: true })
    })
    const beyond = seen.filter((element) => {
      const { left, right } = element.getBoundingClientRect()
      return (right > width + 1 || left < -1) && !isHeld(element)
    })
    const wider = seen.filter((element) => {
      const isBox = ['auto', 'scroll', 'hidden', 'clip'].includes(getComputedStyle(element).overflowX)
      return isBox && element.scrollWidth > element.clientWidth + 1 && !isHeld(element)
    })
    return [...beyond, ...wider].slice(0, 6).map(describe)
  }, SCROLLED)
}
