'use client'

import { type RefObject, useEffect, useRef } from 'react'
import { type CodePainter, createCodePainter } from './code-painter.ts'

/** Colours the text of an element that holds one text node, once it is near the screen, and again as it grows. */
export function useHighlight(element: RefObject<HTMLElement | null>, code: string, language: string): void {
  const painter = useRef<CodePainter>(null)

  useEffect(() => {
    if (!element.current || !('highlights' in CSS)) return
    const created = createCodePainter(element.current)
    painter.current = created
    return () => created.dispose()
  }, [element])

  useEffect(() => painter.current?.update(code, language), [code, language])
}
