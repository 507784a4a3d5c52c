'use client'

import { memo, type ReactNode, useRef } from 'react'
import { CopyButton } from '#components/ui/copy-button.tsx'
import type { HighlightedCode } from './code-highlighter.ts'
import { useHighlight } from './use-highlight.ts'

interface CodeBlockProps {
  code: string
  /** As the fence named it; empty when it did not. */
  language: string
}

/** Code with its language, a button that copies it, and colours that come when they are ready. */
export function CodeBlock({ code, language }: CodeBlockProps) {
  const element = useRef<HTMLElement>(null)
  const highlighted = useHighlight(element, code, language)
  return (
    <figure className="code-block">
      <figcaption>
        <span>{language || 'text'}</span>
        <CopyButton text={code} label="Copy code" />
      </figcaption>
      {/* biome-ignore lint/a11y/noNoninteractiveTabindex: what scrolls must be reachable by keyboard. */}
      <pre tabIndex={0}>
        <code ref={element}>
          {highlighted && <Coloured highlighted={highlighted} />}
          {highlighted ? code.slice(highlighted.code.length) : code}
        </code>
      </pre>
    </figure>
  )
}

/** Words without a colour are no elements, so that long code stays light. */
const Coloured = memo(function Coloured({ highlighted: { code, spans } }: { highlighted: HighlightedCode }) {
  const parts: ReactNode[] = []
  let offset = 0
  for (const { kind, start, end } of spans) {
    if (start > offset) parts.push(code.slice(offset, start))
    parts.push(
      <span key={start} className={`code-${kind}`}>
        {code.slice(start, end)}
      </span>,
    )
    offset = end
  }
  return [...parts, code.slice(offset)]
})
