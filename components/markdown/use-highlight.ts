'use client'

import { type RefObject, useEffect, useRef, useState } from 'react'
import { type CodeHighlighter, createCodeHighlighter, type HighlightedCode } from './code-highlighter.ts'

/** The colours of a code once its element is near the screen; while the code grows, those of an earlier state of it. */
export function useHighlight(
  element: RefObject<HTMLElement | null>,
  code: string,
  language: string,
): HighlightedCode | null {
  const highlighter = useRef<CodeHighlighter>(null)
  const [highlighted, setHighlighted] = useState<HighlightedCode | null>(null)

  useEffect(() => {
    if (!element.current) return
    const created = createCodeHighlighter(setHighlighted)
    highlighter.current = created
    const observer = new IntersectionObserver(
      (entries) => created.setNear(entries.at(-1)?.isIntersecting ?? false),
      { rootMargin: '400px' },
    )
    observer.observe(element.current)
    return () => {
      observer.disconnect()
      created.dispose()
    }
  }, [element])

  useEffect(() => highlighter.current?.update(code, language), [code, language])

  return highlighted && code.startsWith(highlighted.code) ? highlighted : null
}
