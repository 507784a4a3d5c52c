import { createContext, type RefObject, use, useLayoutEffect, useState } from 'react'
import { ALL_DRAWN, visibleRows } from './visible-rows.ts'

/** What scrolls around the rows, which are all within its first element. */
export const ListScrollerContext = createContext<RefObject<HTMLElement | null>>({ current: null })

/** Which of a list's rows are drawn, as it is scrolled; each row is as high as the others. */
export function useVisibleRows(list: RefObject<HTMLElement | null>, count: number): [number, number] {
  const scroller = use(ListScrollerContext)
  const [range, setRange] = useState<[number, number]>([0, Math.min(count, ALL_DRAWN)])

  useLayoutEffect(() => {
    const [element, around] = [list.current, scroller.current]
    if (!element || !around || count <= ALL_DRAWN) return
    let frame = 0

    function measure() {
      if (!element || !around) return
      const scrolled = around.getBoundingClientRect().top - element.getBoundingClientRect().top
      const rowHeight = element.offsetHeight / count || 1
      const next = visibleRows({ count, rowHeight, scrolled, height: around.clientHeight })
      setRange((known) => (known[0] === next[0] && known[1] === next[1] ? known : next))
    }
    function measureSoon() {
      cancelAnimationFrame(frame)
      frame = requestAnimationFrame(measure)
    }

    measure()
    around.addEventListener('scroll', measureSoon, { passive: true })
    const observer = new ResizeObserver(measureSoon)
    observer.observe(around)
    // What stands above may be opened, closed or longer.
    if (around.firstElementChild) observer.observe(around.firstElementChild)
    return () => {
      cancelAnimationFrame(frame)
      around.removeEventListener('scroll', measureSoon)
      observer.disconnect()
    }
  }, [list, scroller, count])

  return count <= ALL_DRAWN ? [0, count] : range
}
