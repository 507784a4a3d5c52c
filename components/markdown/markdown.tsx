'use client'

import { memo, useState } from 'react'
import { GrowingBlocks } from './block.tsx'
import { completeTail } from './complete-tail.ts'
import { TexSource } from './formula.tsx'
import { createMarkdownReader } from './lex-markdown.ts'
import { isOpenMath } from './math-extension.ts'

interface MarkdownProps {
  text: string
  /** More is being written: marks that are still open at the end are drawn as if they were closed. */
  growing?: boolean
}

/** A text in Markdown. While it grows, only its last block is read and drawn again. */
export const Markdown = memo(function Markdown({ text, growing = false }: MarkdownProps) {
  // Reading on gives what reading whole would give, so drawing stays the same however often it is repeated.
  const [read] = useState(createMarkdownReader)
  const { blocks, links } = read(text)
  const linkTargets = Object.keys(links).length > 0 ? JSON.stringify(links) : ''
  const tail = growing ? blocks.at(-1) : undefined

  if (!tail) return <GrowingBlocks tokens={blocks} linkTargets={linkTargets} />
  if (isOpenMath(tail.raw)) {
    return (
      <>
        <GrowingBlocks tokens={blocks.slice(0, -1)} linkTargets={linkTargets} />
        <TexSource tex={tail.raw.trim()} display />
      </>
    )
  }
  return (
    <GrowingBlocks
      tokens={[...blocks.slice(0, -1), ...completeTail(tail, links)]}
      linkTargets={linkTargets}
    />
  )
})
