'use client'

import { useRef } from 'react'
import { CopyButton } from '#components/ui/copy-button.tsx'
import { useHighlight } from './use-highlight.ts'

interface CodeBlockProps {
  code: string
  /** As the fence named it; empty when it did not. */
  language: string
}

/** Code with its language, a button that copies it, and colours that come when they are ready. */
export function CodeBlock({ code, language }: CodeBlockProps) {
  const element = useRef<HTMLElement>(null)
  useHighlight(element, code, language)
  return (
    <figure className="code-block">
      <figcaption>
        <span>{language || 'text'}</span>
        <CopyButton text={code} label="Copy code" />
      </figcaption>
      {/* biome-ignore lint/a11y/noNoninteractiveTabindex: what scrolls must be reachable by keyboard. */}
      <pre tabIndex={0}>
        <code ref={element}>{code}</code>
      </pre>
    </figure>
  )
}
